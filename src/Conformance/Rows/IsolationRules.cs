using System.Reflection;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Conformance.Broken;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Resources;
using static Bulkhead.Conformance.Bench;

namespace Bulkhead.Conformance.Rows;

/// <summary>NORP-006, the rules of the specification behind its tests.</summary>
internal static class IsolationRules
{
    public static IReadOnlyList<ConformanceRow> All =>
    [
        new("NORP-006-R1", "Execution id is a fresh uuid, fixed before allocation") { Run = IdentityAsync, Sabotage = Saboteurs.OneIdentity },
        new("NORP-006-R2", "A resource belongs to one context")
        {
            Run = OneContextAsync, Sabotage = wiring => wiring with { Identify = (_, job) => ContextFields.Of(job) },
        },
        new("NORP-006-R3", "Use after the end is refused") { Run = UseAfterEndAsync, Sabotage = NoEnd },
        new("NORP-006-R4", "Partial initialisation is disposed") { Run = PartialAsync, Sabotage = Saboteurs.NoRelease },
        new("NORP-006-R5", "Cleanup on exception, time-out and cancellation") { Run = EveryEndAsync, Sabotage = Saboteurs.NoRelease },
        new("NORP-006-R6", "Credentials invalidated, execution cache evicted") { Run = ForgottenAsync, Sabotage = NoEnd },
        new("NORP-006-R7", "No static pool, no global credentials")
        {
            Run = NoStaticsAsync, Sabotage = wiring => wiring with { Assemblies = [typeof(GlobalPool).Assembly] },
        },
    ];

    private static RowWiring NoEnd(RowWiring wiring) => wiring with { End = (_, _) => Task.CompletedTask };

    private static async Task<string> IdentityAsync(Bench bench, CancellationToken cancellationToken)
    {
        var ids = new HashSet<Guid>();
        for (int i = 0; i < 3; i++)
        {
            Observation run = await bench.RunAsync(new RunRequest(SeedDocuments.MultiResource) { Connections = [bench.Connection()] }, cancellationToken);
            Expect(ids.Add(run.ExecutionUid), "every execution has its own id");
            Expect(run.ExecutionUid.Version == 4, $"the id is a uuid v4, not v{run.ExecutionUid.Version}");
            Expect(run.Events.All(e => e.ExecutionId == run.ExecutionId), "the id never changes");
            int start = run.Events.ToList().FindIndex(e => e.ExecutionId == run.ExecutionId);
            int allocated = run.Events.ToList().FindIndex(e => Observation.Field(e, "event") == "RESOURCE_ALLOCATED");
            Expect(start == 0 && allocated > start, "the id is there before anything is allocated");
        }

        return "3 executions, 3 uuids (v4), each the same from the first event to the last";
    }

    private static async Task<string> OneContextAsync(Bench bench, CancellationToken cancellationToken)
    {
        RowWiring stranger = bench.Wiring with
        {
            Identify = (fields, job) => bench.Wiring.Identify(fields with { ExecutionUid = Guid.NewGuid() }, job),
        };
        var strange = new Bench(stranger, bench.Database.Server, "r2");
        await strange.CreateDatabaseAsync(cancellationToken);
        await using (strange)
        {
            try
            {
                await strange.RunAsync(new RunRequest(SeedDocuments.MultiResource) { Connections = [strange.Connection()] }, cancellationToken);
            }
            catch (ContextIsolationException)
            {
                Expect(await strange.Database.CountLoggedSessionsAsync(cancellationToken) is null or 0, "nothing was opened");
                return "an engine refuses the job of another execution; nothing was opened";
            }
        }

        throw new RowFailedException("an engine refuses the job of another execution");
    }

    private static async Task<string> UseAfterEndAsync(Bench bench, CancellationToken cancellationToken)
    {
        (UserExecutionContext context, ResourcePool pool) = Pool(bench);
        await using (pool)
        {
            ResourceLease lease = await pool.AcquireAsync(new ConnectionRef("5"), "node1", cancellationToken);
            await lease.CheckAsync(cancellationToken);
            await bench.Wiring.End(context, pool);
            foreach (Func<Task> use in (Func<Task>[])
                [() => lease.CheckAsync(cancellationToken), () => pool.AcquireAsync(new ConnectionRef("5"), "node2", cancellationToken)])
            {
                string message = await RefusalAsync(use);
                Expect(message == $"execution {context.ExecutionId} has ended", $"the refusal says that the execution has ended: {message}");
            }
        }

        return "held lease and new request both refused: \"execution exec_... has ended\"";
    }

    private static async Task<string> PartialAsync(Bench bench, CancellationToken cancellationToken)
    {
        ConnectionDefinition good = bench.Connection();
        ConnectionDefinition bad = bench.Connection("6") with { Config = JsonElement.Parse(good.Config.GetRawText().Replace($":{bench.Database.Server.Port}", ":1", StringComparison.Ordinal)) };
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.MultiResource) { Connections = [good, bad], Eager = true }, cancellationToken);
        Expect(run.Result?.Phase == ExecutionPhase.Failed, "eager loading fails with its second connection");
        IReadOnlyList<ExecutionEvent> allocated = run.Named("RESOURCE_ALLOCATED");
        Expect(allocated.Any(e => Observation.Field(e, "success") == "True"), "the first connection was opened");
        Expect(allocated.Any(e => Observation.Field(e, "success") == "False"), "the second one was not");
        Expect(run.Named("RESOURCE_DISPOSED").Count == 1, "the first one's disposal is logged");
        long after = await bench.Database.CountSessionsAsync(cancellationToken);
        Expect(after == 0, $"nothing is left, not {after} sessions");
        return "1 of 2 opened, then disposed; no node ran, 0 sessions left";
    }

    private static async Task<string> EveryEndAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (string end in (string[])["exception", "time-out", "cancellation"])
        {
            using var stop = new CancellationTokenSource();
            var request = new RunRequest(end == "exception" ? SeedDocuments.FailsAtNode2 : SeedDocuments.Endless)
            {
                Connections = [bench.Connection()],
                Timeout = end == "time-out" ? TimeSpan.FromSeconds(1) : null,
                Stop = stop.Token,
                OnEvent = e =>
                {
                    if (end == "cancellation" && Observation.Field(e, "event") == "RESOURCE_ALLOCATED")
                    {
                        stop.CancelAfter(TimeSpan.FromMilliseconds(200));
                    }
                },
            };
            Observation run = await bench.RunAsync(request, cancellationToken);
            ExecutionPhase expected = end == "cancellation" ? ExecutionPhase.Cancelled : ExecutionPhase.Failed;
            Expect(run.Result?.Phase == expected, $"{end}: the execution is {expected}, not {run.Result?.Phase}");
            Expect(run.Sessions.Count == 1, $"{end}: a session was there before");
            Expect(run.Named("RESOURCE_DISPOSED") is [var disposed] && Observation.Field(disposed, "success") == "True", $"{end}: the disposal is proven");
            long after = await bench.Database.CountSessionsAsync(cancellationToken);
            Expect(after == 0, $"{end}: 0 sessions are left, not {after}");
        }

        return "exception, time-out in mid-query, cancellation in mid-query: 0 sessions left each time";
    }

    private static async Task<string> ForgottenAsync(Bench bench, CancellationToken cancellationToken)
    {
        (UserExecutionContext context, ResourcePool pool) = Pool(bench);
        await using (pool)
        {
            await pool.AcquireAsync(new ConnectionRef("5"), "node1", cancellationToken);
            pool.Cache.Set("rates", JsonElement.Parse("[1]"));
            Expect(pool.Cache.Keys.All(k => k.StartsWith($"exec:{context.ExecutionId}:", StringComparison.Ordinal)), "cache keys are execution-scoped");
            Credentials given = bench.HandedOut.Values.Single();
            Expect(given.Find("password") is not null, "the driver had the secret");
            await bench.Wiring.End(context, pool);
            Expect(given.Find("password") is null && given.Find("username") is null, "the execution's copy of the secret is emptied");
            Expect(pool.Cache.Count == 0, "the cache is evicted");
        }

        return "the execution's copy of the secret is empty, exec:{id}:* is evicted";
    }

    private static Task<string> NoStaticsAsync(Bench bench, CancellationToken cancellationToken)
    {
        string[] kept =
        [
            .. from type in bench.Wiring.Assemblies.SelectMany(a => a.GetTypes())
               from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
               where Keeps(field.FieldType)
               select $"{type.Name}.{field.Name}",
        ];
        Expect(kept.Length == 0, $"nothing static keeps connections or secrets: {string.Join(", ", kept)}");
        return Task.FromResult("no static field of the engine keeps a connection, a client, a pool or a secret");
    }

    private static bool Keeps(Type type) => !typeof(Delegate).IsAssignableFrom(type)
        && new[] { typeof(Npgsql.NpgsqlDataSource), typeof(System.Data.Common.DbConnection), typeof(HttpClient), typeof(Credentials), typeof(IResource), typeof(ResourcePool), typeof(ExecutionCache) }
            .Any(kept => kept.IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericArguments().Any(Keeps)));

    private static (UserExecutionContext Context, ResourcePool Pool) Pool(Bench bench)
    {
        UserExecutionContext context = bench.Context();
        ConnectionDefinition connection = bench.Connection();
        var settings = new ResourcePoolSettings { Connections = [connection], Drivers = bench.Drivers(), Credentials = _ => bench.CredentialsOf(connection) };
        return (context, new ResourcePool(context, settings, new EventRecorder(bench.Wiring.Event, _ => { })));
    }

    private static async Task<string> RefusalAsync(Func<Task> use)
    {
        try
        {
            await use();
            return "it was allowed";
        }
        catch (ExecutionEndedException refusal)
        {
            return refusal.Message;
        }
    }
}
