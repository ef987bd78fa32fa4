using System.Diagnostics;
using Bulkhead.Api.Graphs;

namespace Bulkhead.Api.Tests.Graphs;

public sealed class GraphOrderTests
{
    [Fact]
    public void Plan_NoNodes_IsEmpty() => GraphOrder.Plan([]).ShouldNotBeNull().ToJson().ShouldBe("""{"logical_order":[],"parallel_groups":[]}""");

    [Fact]
    public void Plan_Groups_AreLevelsInRankOrder()
    {
        var plan = GraphOrder.Plan([new("late", [], 9), new("early", [], -1), new("b", ["late"]), new("a", ["early", "late"])])!;

        plan.ParallelGroups.Select(g => string.Join(',', g.Nodes)).ShouldBe(["early,late", "a,b"]);
        plan.LogicalOrder.ShouldBe(["early", "late", "a", "b"]);
    }

    [Fact]
    public void Plan_DependencyNamedTwice_CountsOnce() =>
        GraphOrder.Plan([new("a", []), new("b", ["a", "a"])])!.LogicalOrder.ShouldBe(["a", "b"]);

    [Fact]
    public void Find_HundredThousandSelfLoops_ReportsHundred() =>
        CycleFinder.Find([.. Enumerable.Range(0, 1_000).Select(i => new GraphNode($"n{i:d4}", [$"n{i:d4}"]))]).Count.ShouldBe(CycleFinder.Most);

    [Fact]
    public void Find_CycleThroughTenThousandNodes_DoesNotExhaustTheStack()
    {
        var cycle = CycleFinder.Find([.. Enumerable.Range(0, 10_000).Select(i => new GraphNode($"n{i:d5}", [$"n{(i + 9_999) % 10_000:d5}"]))]).ShouldHaveSingleItem();

        cycle.CyclePath.Count.ShouldBe(10_001);
        cycle.Message.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void Find_ComponentWithLongAndShortCycle_ReportsShortOne() =>
        CycleFinder.Find([new("a", ["d", "b"]), new("b", ["a"]), new("c", ["b"]), new("d", ["c"])]).ShouldHaveSingleItem().CyclePath.ShouldBe(["a", "b", "a"]);

    [Fact]
    public void Plan_TenThousandNodes_TakesNoSeconds()
    {
        var random = new Random(7);
        var nodes = Enumerable.Range(0, 10_000).Select(i => new GraphNode($"n{i}", [.. Enumerable.Range(0, Math.Min(i, 5)).Select(_ => $"n{random.Next(i)}")])).ToList();
        var clock = Stopwatch.StartNew();

        GraphOrder.Plan(nodes).ShouldNotBeNull();
        CycleFinder.Find(nodes).ShouldBeEmpty();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "linear work; the benchmark has the exact figure");
    }
}
