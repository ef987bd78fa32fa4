using Bulkhead.Api.Graphs;

namespace Bulkhead.Conformance.Tests.Validation;

/// <summary>NORP-004: cycles are refused with a diagnostic. Each row asks the finder it is given, so that a broken one can be shown to fail.</summary>
internal static class CycleRows
{
    public delegate IReadOnlyList<CycleDiagnostic> Finder(IReadOnlyList<GraphNode> nodes);

    public static void TwoNodes(Finder find)
    {
        var cycle = find([new("A", ["B"]), new("B", ["A"])]).ShouldHaveSingleItem();

        cycle.CyclePath.ShouldBe(["A", "B", "A"]);
        cycle.ToJson().ShouldBe("""{"error":"STRUCTURAL_ERROR","code":"CYCLE_DETECTED","message":"the nodes form a cycle: A -> B -> A","cycle_path":["A","B","A"]}""");
    }

    public static void ThreeNodes(Finder find) =>
        find([new("A", ["C"]), new("B", ["A"]), new("C", ["B"])]).ShouldHaveSingleItem().CyclePath.ShouldBe(["A", "B", "C", "A"]);

    public static void SelfLoop(Finder find) => find([new("A", ["A"])]).ShouldHaveSingleItem().CyclePath.ShouldBe(["A", "A"]);

    public static void DisconnectedCycle(Finder find) =>
        find([new("A", []), new("B", ["A"]), new("X", ["Y"]), new("Y", ["X"])]).ShouldHaveSingleItem().CyclePath.ShouldBe(["X", "Y", "X"]);

    public static void Diamond(Finder find) => find([new("A", []), new("B", ["A"]), new("C", ["A"]), new("D", ["B", "C"])]).ShouldBeEmpty();

    public static void TwoCycles(Finder find) =>
        find([new("A", ["B"]), new("B", ["A"]), new("X", ["Y"]), new("Y", ["X"])]).Select(c => string.Join("->", c.CyclePath)).ShouldBe(["A->B->A", "X->Y->X"]);
}
