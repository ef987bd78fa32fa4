using Bulkhead.Api.Graphs;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Conformance.Tests.Validation;

public sealed class OrderTests
{
    private static readonly OrderRows.Planner Real = GraphOrder.Plan;

    [Fact(DisplayName = "NORP-005-T1 dependencies come first")]
    [Trait("Seed", "NORP-005-T1")]
    public void T1_DependenciesFirst() => OrderRows.DependenciesFirst(Real);

    [Fact(DisplayName = "NORP-005-T2 ties: priority ascending, then id")]
    [Trait("Seed", "NORP-005-T2")]
    public void T2_TieBreaks() => OrderRows.TieBreaks(Real);

    [Fact(DisplayName = "NORP-005-T3 a diamond orders alike every time")]
    [Trait("Seed", "NORP-005-T3")]
    public void T3_Repeated() => OrderRows.Repeated(Real);

    [Fact(DisplayName = "NORP-005-T4 the plan as JSON")]
    [Trait("Seed", "NORP-005-T4")]
    public void T4_PlanJson() => OrderRows.PlanJson(Real);

    [Fact(DisplayName = "NORP-005-T5 a cycle never reaches ordering")]
    [Trait("Seed", "NORP-005-T5")]
    public void T5_CycleHasNoOrder()
    {
        OrderRows.CycleHasNoOrder(Real);
        var result = WorkflowLoader.Load("""{"nodes":[{"id":"A","type":"datasource","config":{"connection_id":5},"depends_on":["A"]}]}""");
        result.Workflow.ShouldBeNull();
        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("CYCLE_DETECTED");
    }

    [Fact(DisplayName = "NORP-005-T6 the order of the file does not matter")]
    [Trait("Seed", "NORP-005-T6")]
    public void T6_InsertionOrder() => OrderRows.InsertionOrder(Real);

    [Fact(DisplayName = "NORP-005 planners that queue as the file says, ignore priority, order by group or by culture fail the rows")]
    public void Sabotage_BrokenPlanners_FailTheRows()
    {
        OrderRows.Planner fileOrder = nodes => Real([.. nodes.Select((n, i) => n with { Priority = i })]);
        OrderRows.Planner noPriority = nodes => Real([.. nodes.Select(n => n with { Priority = 0 })]);
        OrderRows.Planner unordered = nodes => new ExecutionPlan([.. nodes.Select(n => n.Id)], []);
        var calls = 0;
        OrderRows.Planner unstable = nodes => Real([.. nodes.Select(n => n with { Priority = n.Id == "B" ? calls++ % 2 : 0 })]);

        Should.Throw<ShouldAssertException>(() => OrderRows.DependenciesFirst(unordered));
        Should.Throw<ShouldAssertException>(() => OrderRows.TieBreaks(fileOrder));
        Should.Throw<ShouldAssertException>(() => OrderRows.TieBreaks(noPriority));
        Should.Throw<ShouldAssertException>(() => OrderRows.Repeated(unstable));
        Should.Throw<ShouldAssertException>(() => OrderRows.PlanJson(unordered));
        Should.Throw<ShouldAssertException>(() => OrderRows.CycleHasNoOrder(unordered));
        Should.Throw<ShouldAssertException>(() => OrderRows.InsertionOrder(fileOrder));
    }
}
