namespace Bulkhead.Conformance.Tests.Norp;

public sealed class Norp004Tests(ConformanceServer server) : RowTestBase(server)
{
    [Fact(DisplayName = "NORP-004-T1 A and B depend on each other"), Trait("Seed", "NORP-004-T1")]
    public Task T1_AAndBDependOnEachOther_Holds() => HoldsAsync("NORP-004-T1");

    [Fact(DisplayName = "NORP-004-T2 A, B and C in a ring"), Trait("Seed", "NORP-004-T2")]
    public Task T2_ABAndCInARing_Holds() => HoldsAsync("NORP-004-T2");

    [Fact(DisplayName = "NORP-004-T3 Self-loop"), Trait("Seed", "NORP-004-T3")]
    public Task T3_Selfloop_Holds() => HoldsAsync("NORP-004-T3");

    [Fact(DisplayName = "NORP-004-T4 Cycle in a disconnected part"), Trait("Seed", "NORP-004-T4")]
    public Task T4_CycleInADisconnectedPart_Holds() => HoldsAsync("NORP-004-T4");

    [Fact(DisplayName = "NORP-004-T5 Diamond accepted"), Trait("Seed", "NORP-004-T5")]
    public Task T5_DiamondAccepted_Holds() => HoldsAsync("NORP-004-T5");

    [Fact(DisplayName = "NORP-004-T6 Two cycles both reported"), Trait("Seed", "NORP-004-T6")]
    public Task T6_TwoCyclesBothReported_Holds() => HoldsAsync("NORP-004-T6");
}
