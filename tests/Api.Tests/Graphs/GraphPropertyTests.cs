using Bulkhead.Api.Graphs;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Api.Tests.Graphs;

public sealed class GraphPropertyTests
{
    [Fact]
    public void PlanAndFind_RandomGraphs_AgreeWithEachOther() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var nodes = Make(new Random(seed));
            var cycles = CycleFinder.Find(nodes);

            if (GraphOrder.Plan(nodes) is not { } plan)
            {
                cycles.ShouldNotBeEmpty("no order means a cycle");
                foreach (var cycle in cycles) IsCycle(nodes, cycle.CyclePath).ShouldBeTrue(cycle.Message);
                return;
            }

            cycles.ShouldBeEmpty("an order means no cycle");
            var place = plan.LogicalOrder.Index().ToDictionary(p => p.Item, p => p.Index);
            foreach (var node in nodes) node.DependsOn.All(d => place[d] < place[node.Id]).ShouldBeTrue();
            plan.ParallelGroups.SelectMany(g => g.Nodes).Order().ShouldBe(plan.LogicalOrder.Order());
            GraphOrder.Plan([.. nodes.AsEnumerable().Reverse()])!.ToJson().ShouldBe(plan.ToJson(), "the order of the file does not matter");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    // Every step of the path is a dependency, no node but the first stands twice.
    private static bool IsCycle(IReadOnlyList<GraphNode> nodes, IReadOnlyList<string> path)
    {
        var dependencies = nodes.ToDictionary(n => n.Id, n => n.DependsOn);
        return path[0] == path[^1] && path.Skip(1).Distinct().Count() == path.Count - 1
            && path.Zip(path.Skip(1)).All(step => dependencies[step.Second].Contains(step.First));
    }

    private static List<GraphNode> Make(Random random)
    {
        var count = random.Next(1, 12);
        var back = random.Next(3) == 0;
        return [.. Enumerable.Range(0, count).Select(i => new GraphNode(
            $"n{i}", [.. Enumerable.Range(0, count).Where(j => (j < i || back) && random.Next(5) == 0).Select(j => $"n{j}")], random.Next(3)))];
    }
}
