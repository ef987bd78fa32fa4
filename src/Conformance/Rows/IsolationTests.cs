using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Broken;
using static Bulkhead.Conformance.Bench;

namespace Bulkhead.Conformance.Rows;

/// <summary>NORP-006, the seven tests of its compliance suite.</summary>
internal static class IsolationTests
{
    public static IReadOnlyList<ConformanceRow> All =>
    [
        new("NORP-006-T1", "Execution isolation") { Run = IsolationAsync, Sabotage = Saboteurs.SharedResources },
        new("NORP-006-T2", "Intra-execution pooling")
        {
            Run = PoolingAsync, Sabotage = wiring => wiring with { Driver = driver => new UnpooledDriver(driver) },
        },
        new("NORP-006-T3", "Cross-execution reuse rejection") { Run = NoReuseAsync, Sabotage = Saboteurs.NoRelease },
        new("NORP-006-T4", "Failure cleanup") { Run = FailureCleanupAsync, Sabotage = Saboteurs.NoRelease },
        new("NORP-006-T5", "Tenant and execution isolation") { Run = DoubleIsolationAsync, Sabotage = Saboteurs.OneIdentity },
        new("NORP-006-T6", "Lazy and eager loading")
        {
            Optional = true, Run = LoadingAsync, Sabotage = wiring => wiring with { Job = job => job with { EagerLoading = false } },
        },
        new("NORP-006-T7", "Concurrent execution isolation") { Optional = true, Run = ConcurrencyAsync, Sabotage = Saboteurs.SharedResources },
    ];

    private static async Task<string> IsolationAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation first = await RunSeedAsync(bench, cancellationToken);
        Observation second = await RunSeedAsync(bench, cancellationToken);
        Expect(first.Handle != second.Handle, "two executions have two handles");
        ExpectOwnSession(first);
        ExpectOwnSession(second);
        Expect(first.Sessions[0].Backend != second.Sessions[0].Backend, "the server saw two sessions");
        bench.Measure("handle of execution 1", first.Handle);
        bench.Measure("handle of execution 2", second.Handle);
        return $"{first.Handle} and {second.Handle}, each with its own server session";
    }

    private static async Task<string> PoolingAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await RunSeedAsync(bench, cancellationToken);
        int created = run.Named("RESOURCE_ALLOCATED").Count;
        int reused = run.Named("RESOURCE_REUSED").Count;
        Expect(created == 1 && reused == 2, $"1 CREATED and 2 REUSED, not {created} and {reused}");
        IEnumerable<string> handles = run.Named("RESOURCE_ALLOCATED").Concat(run.Named("RESOURCE_REUSED"))
            .Select(e => Observation.Field(e, "resource_handle"));
        Expect(handles.Distinct().Count() == 1, "all three nodes have one handle");
        int? logged = await bench.Database.CountLoggedSessionsAsync(cancellationToken, run.Tag);
        Expect(logged is null or 1, $"the server logged 1 session of this execution, not {logged}");
        ExpectOwnSession(run);
        bench.Measure("created", created);
        bench.Measure("reused", reused);
        bench.Measure("server sessions of the execution", logged ?? run.Sessions.Count);
        await PoolingCost.MeasureAsync(bench, cancellationToken);
        return $"{run.Handle}: 1 CREATED, {reused} REUSED; the server saw {logged ?? run.Sessions.Count} session";
    }

    private static async Task<string> NoReuseAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation first = await RunSeedAsync(bench, cancellationToken);
        Expect(first.Named("RESOURCE_DISPOSED").Count == 1, "the disposal of R1 is logged");
        long between = await bench.Database.CountSessionsAsync(cancellationToken);
        Expect(between == 0, $"no session is left after W1, not {between}");
        Observation second = await RunSeedAsync(bench, cancellationToken);
        Expect(first.Named("RESOURCE_DISPOSED")[0].Timestamp <= second.Named("RESOURCE_ALLOCATED")[0].Timestamp, "R1 is disposed before R2 is allocated");
        Expect(first.Handle != second.Handle, "R2 is not R1");
        Expect(first.Sessions[0].Backend != second.Sessions[0].Backend, "R2 is a new server session");
        return $"{first.Handle} disposed, then {second.Handle} created; 0 sessions between them";
    }

    private static async Task<string> FailureCleanupAsync(Bench bench, CancellationToken cancellationToken)
    {
        bench.Measure("sessions of the role before the run", await bench.Database.CountSessionsAsync(cancellationToken));
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.FailsAtNode2) { Connections = [bench.Connection()] }, cancellationToken);
        Expect(run.Result?.Phase == ExecutionPhase.Failed, $"the execution is Failed, not {run.Result?.Phase}");
        Expect(run.Result!.Nodes.Single(n => n.Name == "node2").Status == NodeStatus.Failed, "node2 failed");
        Expect(run.Sessions.Count == 1, "a session was there before");
        Expect(run.Named("RESOURCE_DISPOSED").Count == 1, "the disposal is logged");
        long after = await bench.Database.CountSessionsAsync(cancellationToken);
        Expect(after == 0, $"the role has 0 sessions after the end, not {after}");
        bench.Measure("sessions of the role during the run", run.Sessions.Count);
        bench.Measure("sessions of the role after the failure", after);
        return "Failed; 1 session of the role before, 0 after";
    }

    private static async Task<string> DoubleIsolationAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation first = await RunSeedAsync(bench, cancellationToken);
        Observation second = await RunSeedAsync(bench, cancellationToken);
        foreach (Observation run in (Observation[])[first, second])
        {
            Expect(run.Key == $"tenant:acme:exec:{run.ExecutionId}:database:5", $"the key names tenant and execution: {run.Key}");
        }

        Expect(first.Key != second.Key, "two executions of one tenant have two keys");
        bench.Measure("key", first.Key);
        return "keys carry tenant and execution";
    }

    private static async Task<string> LoadingAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (bool eager in (bool[])[false, true])
        {
            Observation run = await bench.RunAsync(
                new RunRequest(SeedDocuments.MultiResource) { Connections = [bench.Connection(), bench.Connection("6")], Eager = eager },
                cancellationToken);
            Expect(run.Result?.Phase == ExecutionPhase.Succeeded, $"the execution succeeds: {run.Result?.Message}");
            IReadOnlyList<ExecutionEvent> allocated = run.Named("RESOURCE_ALLOCATED");
            int beforeNodes = run.Events.TakeWhile(e => e.Type != "node_start").Count(e => Observation.Field(e, "event") == "RESOURCE_ALLOCATED");
            Expect(beforeNodes == (eager ? 2 : 0), eager ? "eager: both are opened before the first node" : "lazy: nothing is opened before the first node");
            Expect(allocated.Count == (eager ? 2 : 1), eager ? "eager: both are opened" : "lazy: an unused connection is never opened");
            Expect(allocated.All(e => Observation.Field(e, "resource_key").Contains(run.ExecutionId, StringComparison.Ordinal)), "keys are execution-scoped");
            long after = await bench.Database.CountSessionsAsync(cancellationToken);
            Expect(after == 0, $"nothing is left, not {after} sessions");
        }

        return "lazy: 0 of 2 opened before the first node, eager: 2 of 2; 0 left in both";
    }

    private static async Task<string> ConcurrencyAsync(Bench bench, CancellationToken cancellationToken)
    {
        const int Count = 6;
        Observation[] runs = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => bench.RunAsync(
            new RunRequest(SeedDocuments.MultiResource) { Connections = [bench.Connection()], UserId = $"user-{i}" }, cancellationToken)));
        Expect(Array.TrueForAll(runs, r => r.Result?.Phase == ExecutionPhase.Succeeded), "all executions succeed");
        Expect(runs.Select(r => r.Handle).Distinct().Count() == Count, "each has its own handle");
        Expect(
            Array.TrueForAll(runs, r => r.Named("RESOURCE_ALLOCATED").Concat(r.Named("RESOURCE_REUSED")).All(e => Observation.Field(e, "resource_handle") == r.Handle)),
            "each uses its own handle only");
        var tags = runs.SelectMany(r => r.Sessions).Select(s => s.ApplicationName).Where(n => !n.EndsWith("/release", StringComparison.Ordinal)).ToHashSet();
        Expect(tags.SetEquals(runs.Select(r => r.Tag)), $"the server saw one owner tag for each execution, not {tags.Count}");
        long after = await bench.Database.CountSessionsAsync(cancellationToken);
        Expect(after == 0, $"nothing is left, not {after} sessions");
        bench.Measure("executions at once", Count);
        return $"{Count} at once, {Count} handles, {Count} owner tags on the server";
    }

    private static async Task<Observation> RunSeedAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.MultiResource) { Connections = [bench.Connection()] }, cancellationToken);
        Expect(run.Result?.Phase == ExecutionPhase.Succeeded, $"the seed's workflow succeeds: {run.Why}");
        return run;
    }

    private static void ExpectOwnSession(Observation run)
    {
        Expect(run.Sessions.Count == 1, $"the execution has one server session, not {run.Sessions.Count}");
        Expect(run.Sessions[0].ApplicationName == run.Tag, "the session carries this execution's owner tag");
    }
}
