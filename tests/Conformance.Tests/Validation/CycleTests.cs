using Bulkhead.Api.Graphs;
using Bulkhead.Api.Loading;

namespace Bulkhead.Conformance.Tests.Validation;

public sealed class CycleTests
{
    private static readonly CycleRows.Finder Real = CycleFinder.Find;

    [Fact(DisplayName = "NORP-004-T1 A and B depend on each other")]
    [Trait("Seed", "NORP-004-T1")]
    public void T1_TwoNodes() => CycleRows.TwoNodes(Real);

    [Fact(DisplayName = "NORP-004-T2 a cycle of three nodes")]
    [Trait("Seed", "NORP-004-T2")]
    public void T2_ThreeNodes() => CycleRows.ThreeNodes(Real);

    [Fact(DisplayName = "NORP-004-T3 a node that depends on itself")]
    [Trait("Seed", "NORP-004-T3")]
    public void T3_SelfLoop() => CycleRows.SelfLoop(Real);

    [Fact(DisplayName = "NORP-004-T4 a cycle beside a valid part")]
    [Trait("Seed", "NORP-004-T4")]
    public void T4_DisconnectedCycle() => CycleRows.DisconnectedCycle(Real);

    [Fact(DisplayName = "NORP-004-T5 a diamond is no cycle")]
    [Trait("Seed", "NORP-004-T5")]
    public void T5_Diamond() => CycleRows.Diamond(Real);

    [Fact(DisplayName = "NORP-004-T6 two cycles are both reported")]
    [Trait("Seed", "NORP-004-T6")]
    public void T6_TwoCycles() => CycleRows.TwoCycles(Real);

    [Fact(DisplayName = "NORP-004 the loader refuses the document with the same diagnosis")]
    [Trait("Seed", "NORP-004-T6")]
    public void Loader_TwoCycles_AreBothProblems() =>
        WorkflowLoader.Load("""
            nodes:
              - {id: A, type: datasource, config: {connection_id: 5}, depends_on: [B]}
              - {id: B, type: datasource, config: {connection_id: 5}, depends_on: [A]}
              - {id: C, type: datasource, config: {connection_id: 5}, depends_on: [C]}
            """).Problems.Select(p => $"{p.Class} {p.Code} {p.Path}:{p.Line} {p.Message}").ShouldBe(
            ["StructuralError CYCLE_DETECTED nodes[0]:2 the nodes form a cycle: A -> B -> A", "StructuralError CYCLE_DETECTED nodes[2]:4 the nodes form a cycle: C -> C"]);

    [Fact(DisplayName = "NORP-004 a finder that stops at its first cycle, or looks only from the first node, fails the rows")]
    public void Sabotage_IncompleteFinders_FailTheRows()
    {
        CycleRows.Finder first = nodes => [.. CycleFinder.Find(nodes).Take(1)];
        CycleRows.Finder fromFirstNode = nodes => [.. CycleFinder.Find(nodes).Where(c => c.CyclePath.Contains(nodes[0].Id))];
        CycleRows.Finder anyRevisit = nodes => nodes.Any(n => n.DependsOn.Count > 1) ? [new CycleDiagnostic("revisited", [nodes[0].Id])] : CycleFinder.Find(nodes);
        CycleRows.Finder noSelfLoops = nodes => [.. CycleFinder.Find(nodes).Where(c => c.CyclePath.Count > 2)];

        Should.Throw<ShouldAssertException>(() => CycleRows.TwoCycles(first));
        Should.Throw<ShouldAssertException>(() => CycleRows.DisconnectedCycle(fromFirstNode));
        Should.Throw<ShouldAssertException>(() => CycleRows.Diamond(anyRevisit));
        Should.Throw<ShouldAssertException>(() => CycleRows.SelfLoop(noSelfLoops));
        Should.Throw<ShouldAssertException>(() => CycleRows.TwoNodes(_ => []));
        Should.Throw<ShouldAssertException>(() => CycleRows.ThreeNodes(_ => []));
    }
}
