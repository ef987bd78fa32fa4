namespace Bulkhead.Conformance.Tests.Norp;

public sealed class Norp005Tests(ConformanceServer server) : RowTestBase(server)
{
    [Fact(DisplayName = "NORP-005-T1 Dependencies come first"), Trait("Seed", "NORP-005-T1")]
    public Task T1_DependenciesComeFirst_Holds() => HoldsAsync("NORP-005-T1");

    [Fact(DisplayName = "NORP-005-T2 Ties: priority, then id"), Trait("Seed", "NORP-005-T2")]
    public Task T2_TiesPriorityThenId_Holds() => HoldsAsync("NORP-005-T2");

    [Fact(DisplayName = "NORP-005-T3 Diamond, repeated"), Trait("Seed", "NORP-005-T3")]
    public Task T3_DiamondRepeated_Holds() => HoldsAsync("NORP-005-T3");

    [Fact(DisplayName = "NORP-005-T4 Plan as JSON"), Trait("Seed", "NORP-005-T4")]
    public Task T4_PlanAsJson_Holds() => HoldsAsync("NORP-005-T4");

    [Fact(DisplayName = "NORP-005-T5 A cycle never reaches the ordering"), Trait("Seed", "NORP-005-T5")]
    public Task T5_ACycleNeverReachesTheOrdering_Holds() => HoldsAsync("NORP-005-T5");

    [Fact(DisplayName = "NORP-005-T6 Independent of the order in the file"), Trait("Seed", "NORP-005-T6")]
    public Task T6_IndependentOfTheOrderInTheFile_Holds() => HoldsAsync("NORP-005-T6");
}
