using System.Text.Json;
using Bulkhead.Api.Graphs;
using Bulkhead.Api.Workflows;
using static Bulkhead.Conformance.Bench;

namespace Bulkhead.Conformance.Rows;

/// <summary>NORP-004 (cycles) and NORP-005 (order).</summary>
internal static class GraphRows
{
    public static IReadOnlyList<ConformanceRow> All =>
    [
        Cycle("NORP-004-T1", "A and B depend on each other", ["A:B", "B:A"], "A-B-A"),
        Cycle("NORP-004-T2", "A, B and C in a ring", ["A:C", "B:A", "C:B"], "A-B-C-A"),
        Cycle("NORP-004-T3", "Self-loop", ["A:A"], "A-A"),
        Cycle("NORP-004-T4", "Cycle in a disconnected part", ["A", "B:A", "X:Y", "Y:X"], "X-Y-X"),
        Cycle("NORP-004-T5", "Diamond accepted", ["A", "B:A", "C:A", "D:B,C"]),
        Cycle("NORP-004-T6", "Two cycles both reported", ["A:B", "B:A", "X:Y", "Y:X"], "A-B-A", "X-Y-X"),
        Order("NORP-005-T1", "Dependencies come first", () => Expected("A,B,C", "A", "B:A", "C:B")),
        Order("NORP-005-T2", "Ties: priority, then id", () =>
            [.. Expected("A,M,Z", "Z", "A", "M"), (["Z", "A", "M"], "Z,M,A", new() { ["Z"] = -1, ["A"] = 1 })]),
        Order("NORP-005-T3", "Diamond, repeated", () => [.. Enumerable.Repeat(Expected("A,B,C,D", "D:B,C", "C:A", "B:A", "A")[0], 50)]),
        new("NORP-005-T4", "Plan as JSON") { NeedsDatabase = false, Run = PlanJsonAsync, Sabotage = FileOrder },
        new("NORP-005-T5", "A cycle never reaches the ordering") { NeedsDatabase = false, Run = NoOrderOfCyclesAsync, Sabotage = FileOrder },
        Order("NORP-005-T6", "Independent of the order in the file", () =>
            [.. Permutations("A", "B:A", "C:A", "D:B,C").SelectMany(nodes => Expected("A,B,C,D", nodes))]),
    ];

    private static RowWiring FileOrder(RowWiring wiring) => wiring with
    {
        Plan = nodes => new ExecutionPlan([.. nodes.Select(n => n.Id)], [new ParallelGroup(0, [.. nodes.Select(n => n.Id)], true)]),
    };

    private static ConformanceRow Cycle(string id, string title, string[] nodes, params string[] paths) => new(id, title)
    {
        NeedsDatabase = false,
        Run = (bench, _) =>
        {
            IReadOnlyList<CycleDiagnostic> found = bench.Wiring.FindCycles(Nodes(nodes));
            string seen = string.Join(" and ", found.Select(c => string.Join('-', c.CyclePath)));
            Expect(seen == string.Join(" and ", paths), $"the cycles are [{string.Join(" and ", paths)}], not [{seen}]");
            bool loads = bench.Wiring.Load(SeedDocuments.Graph(nodes)).Problems.All(p => p.Code != "CYCLE_DETECTED");
            Expect(loads == (paths.Length == 0), paths.Length == 0 ? "the loader accepts it" : "the loader refuses it");
            return Task.FromResult(paths.Length == 0 ? "accepted" : found[0].ToJson());
        },
        Sabotage = wiring => wiring with
        {
            FindCycles = graph => paths.Length == 0 ? [new CycleDiagnostic("", ["A", "A"])] : [.. CycleFinder.Find(graph).Skip(1)],
        },
    };

    private static ConformanceRow Order(string id, string title, Func<(string[] Nodes, string Order, Dictionary<string, int> Priorities)[]> cases) => new(id, title)
    {
        NeedsDatabase = false,
        Run = (bench, _) =>
        {
            foreach ((string[] nodes, string order, Dictionary<string, int> priorities) in cases())
            {
                IReadOnlyList<GraphNode> graph = [.. Nodes(nodes).Select(n => n with { Priority = priorities.GetValueOrDefault(n.Id) })];
                string seen = string.Join(',', bench.Wiring.Plan(graph)?.LogicalOrder ?? []);
                Expect(seen == order, $"the order of [{string.Join(' ', nodes)}] is {order}, not {seen}");
            }

            return Task.FromResult($"{cases().Length} graph(s) ordered as expected");
        },
        Sabotage = wiring => wiring with { Plan = nodes => new ExecutionPlan([.. nodes.Select(n => n.Id).OrderDescending(StringComparer.Ordinal)], []) },
    };

    private static Task<string> PlanJsonAsync(Bench bench, CancellationToken cancellationToken)
    {
        const string Plan = """
            {"logical_order":["A","B","C","D"],"parallel_groups":[{"level":0,"nodes":["A"],"parallel":false},{"level":1,"nodes":["B","C"],"parallel":true},{"level":2,"nodes":["D"],"parallel":false}]}
            """;
        string json = bench.Wiring.Plan(Nodes("D:B,C", "C:A", "B:A", "A"))!.ToJson();
        Expect(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(Plan)), $"the plan is {Plan.Trim()}, not {json}");
        return Task.FromResult("as specified");
    }

    private static Task<string> NoOrderOfCyclesAsync(Bench bench, CancellationToken cancellationToken)
    {
        Expect(bench.Wiring.Plan(Nodes("A:B", "B:A")) is null, "a cycle has no order");
        Expect(bench.Wiring.Load(SeedDocuments.Graph("A:B", "B:A")).Workflow is null, "the loader gives no workflow, so nothing is ordered");
        return Task.FromResult("no plan, no workflow");
    }

    private static (string[] Nodes, string Order, Dictionary<string, int> Priorities)[] Expected(string order, params string[] nodes) => [(nodes, order, [])];

    private static IReadOnlyList<GraphNode> Nodes(params string[] nodes) =>
        [.. nodes.Select(n => n.Split(':')).Select(p => new GraphNode(p[0], p.Length == 1 ? [] : p[1].Split(',')))];

    private static IEnumerable<string[]> Permutations(params string[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (string[])[first, .. rest]));
}
