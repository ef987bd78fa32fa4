using Bulkhead.Api.Graphs;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Conformance.Tests.Validation;

/// <summary>NORP-005: one order for one graph. Each row asks the planner it is given, so that a broken one can be shown to fail.</summary>
internal static class OrderRows
{
    public delegate ExecutionPlan? Planner(IReadOnlyList<GraphNode> nodes);

    private static readonly GraphNode[] Diamond = [new("A", []), new("B", ["A"]), new("C", ["A"]), new("D", ["B", "C"])];

    public static void DependenciesFirst(Planner plan) =>
        plan([new("load", ["transform"]), new("transform", ["extract"]), new("extract", [])])!.LogicalOrder.ShouldBe(["extract", "transform", "load"]);

    public static void TieBreaks(Planner plan)
    {
        plan([new("Z", []), new("A", []), new("M", [])])!.LogicalOrder.ShouldBe(["A", "M", "Z"]);
        plan([new("Z", [], 1), new("A", [], 3), new("M", [], 2), new("B", [], 1)])!.LogicalOrder.ShouldBe(["B", "Z", "M", "A"]);
    }

    public static void Repeated(Planner plan)
    {
        for (var i = 0; i < 100; i++) plan(Diamond)!.LogicalOrder.ShouldBe(["A", "B", "C", "D"]);
    }

    public static void PlanJson(Planner plan) =>
        plan(Diamond)!.ToJson().ShouldBe(
            """{"logical_order":["A","B","C","D"],"parallel_groups":[{"level":0,"nodes":["A"],"parallel":false},{"level":1,"nodes":["B","C"],"parallel":true},{"level":2,"nodes":["D"],"parallel":false}]}""");

    public static void CycleHasNoOrder(Planner plan) => plan([new("A", ["B"]), new("B", ["A"]), new("C", [])]).ShouldBeNull();

    public static void InsertionOrder(Planner plan)
    {
        var expected = plan(Diamond)!.ToJson();
        foreach (var order in (int[][])[[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]])
            plan([.. order.Select(i => Diamond[i] with { DependsOn = [.. Diamond[i].DependsOn.Reverse()] })])!.ToJson().ShouldBe(expected);
    }
}
