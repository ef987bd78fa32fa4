using Bulkhead.Api.Graphs;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Conformance.Broken;
using static Bulkhead.Conformance.Bench;

namespace Bulkhead.Conformance.Rows;

/// <summary>NORP-001: what is refused, by which stage, before anything is touched.</summary>
internal static class ValidationRows
{
    public static IReadOnlyList<ConformanceRow> All =>
    [
        new("NORP-001-T1", "Cycle refused before any resource is loaded") { Run = CycleAsync, Sabotage = NoStructure },
        new("NORP-001-T2", "Same order when compiled twice") { Run = SameOrderAsync, Sabotage = wiring => wiring with { Plan = Shuffled() } },
        new("NORP-001-T3", "Missing resource refused at context resolution") { Run = MissingAsync, Sabotage = Saboteurs.NoContextCheck },
        new("NORP-001-T4", "Cycle and missing resource: only the structural stage ran")
        {
            Run = FirstStageOnlyAsync, Sabotage = wiring => wiring with { StopAtFaults = false },
        },
        new("NORP-001-T5", "Other tenant's resource refused, not loaded") { Run = ForeignAsync, Sabotage = Saboteurs.NoContextCheck },
        new("NORP-001-T6", "Valid workflow runs in order") { Run = InOrderAsync, Sabotage = NoDependencies },
    ];

    private static async Task<string> CycleAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await RunAsync(bench, SeedDocuments.Graph("A:B", "B:A"), cancellationToken);
        ExpectOnly(run, ProblemClass.StructuralError, "CYCLE_DETECTED");
        await ExpectUntouchedAsync(bench, run, cancellationToken);
        return $"STRUCTURAL_ERROR ({run.Problems[0].Message}), 0 sessions";
    }

    private static Task<string> SameOrderAsync(Bench bench, CancellationToken cancellationToken)
    {
        string[] orders = [.. Enumerable.Range(0, 20).Select(_ => string.Join(',', bench.Wiring.Plan(Wide())!.LogicalOrder))];
        Expect(orders.Distinct().Count() == 1, "every compilation gives the same order");
        return Task.FromResult($"20 compilations of {Wide().Count} nodes, 1 order");
    }

    private static async Task<string> MissingAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await RunAsync(bench, SeedDocuments.Unknown, cancellationToken);
        ExpectOnly(run, ProblemClass.ResourceError, "UNKNOWN_CONNECTION");
        await ExpectUntouchedAsync(bench, run, cancellationToken);
        return $"RESOURCE_ERROR at context resolution: {run.Problems[0].Message}";
    }

    private static async Task<string> FirstStageOnlyAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await RunAsync(bench, SeedDocuments.CycleAndUnknown, cancellationToken);
        ExpectOnly(run, ProblemClass.StructuralError, "CYCLE_DETECTED");
        await ExpectUntouchedAsync(bench, run, cancellationToken);
        return "only STRUCTURAL_ERROR; the resource stage never ran";
    }

    private static async Task<string> ForeignAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.MultiResource) { Connections = [bench.Connection(tenant: "globex")] }, cancellationToken);
        ExpectOnly(run, ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION");
        await ExpectUntouchedAsync(bench, run, cancellationToken);
        return $"PERMISSION_ERROR: {run.Problems[0].Message}";
    }

    private static async Task<string> InOrderAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await RunAsync(bench, SeedDocuments.ZThenA, cancellationToken);
        Expect(run.Result?.Phase == Api.Contract.ExecutionPhase.Succeeded, "the workflow succeeds");
        string[] steps = [.. run.Events.Where(e => e.Type is "node_start" or "node_complete").Select(e => $"{e.Type} {e.Node}")];
        string seen = string.Join(", ", steps);
        Expect(seen == "node_start Z, node_complete Z, node_start A, node_complete A", $"Z ends before A begins: {seen}");
        return "Z, then A, against the order of file and names";
    }

    private static Task<Observation> RunAsync(Bench bench, string document, CancellationToken cancellationToken) =>
        bench.RunAsync(new RunRequest(document) { Connections = [bench.Connection()] }, cancellationToken);

    internal static void ExpectOnly(Observation run, ProblemClass problemClass, string code)
    {
        Expect(run.Result is null, "the execution never began");
        string seen = string.Join(", ", run.Problems.Select(p => $"{p.Class} {p.Code}"));
        Expect(run.Problems.Count > 0 && run.Problems.All(p => p.Class == problemClass && p.Code == code), $"only {problemClass} {code}, not [{seen}]");
    }

    internal static async Task ExpectUntouchedAsync(Bench bench, Observation run, CancellationToken cancellationToken)
    {
        Expect(run.Named("RESOURCE_ALLOCATED").Count == 0, "nothing was allocated");
        int sessions = await bench.Database.CountLoggedSessionsAsync(cancellationToken) ?? run.Sessions.Count;
        Expect(sessions == 0, $"the server saw no session, not {sessions}");
    }

    /// <summary>The structure stage sees no dependency, and so no cycle.</summary>
    private static RowWiring NoStructure(RowWiring wiring) => NoDependencies(wiring);

    private static RowWiring NoDependencies(RowWiring wiring) => wiring with
    {
        Load = document => WorkflowLoader.Load(System.Text.RegularExpressions.Regex.Replace(
            document, "\"depends_on\": \\[[^\\]]*\\]", "\"depends_on\": []", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))),
    };

    private static Func<IReadOnlyList<GraphNode>, ExecutionPlan?> Shuffled()
    {
        int call = 0;
        return nodes => new ExecutionPlan([.. nodes.Select(n => n.Id).Skip(call++ % nodes.Count)], []);
    }

    private static List<GraphNode> Wide() => [.. Enumerable.Range(0, 50).Select(i => new GraphNode($"n{i}", i < 10 ? [] : [$"n{i % 10}"], i % 3))];
}
