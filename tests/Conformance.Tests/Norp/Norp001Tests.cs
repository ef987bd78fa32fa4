namespace Bulkhead.Conformance.Tests.Norp;

public sealed class Norp001Tests(ConformanceServer server) : RowTestBase(server)
{
    [Fact(DisplayName = "NORP-001-T1 Cycle refused before any resource is loaded"), Trait("Seed", "NORP-001-T1")]
    public Task T1_CycleRefusedBeforeAnyResourceIsLoaded_Holds() => HoldsAsync("NORP-001-T1");

    [Fact(DisplayName = "NORP-001-T2 Same order when compiled twice"), Trait("Seed", "NORP-001-T2")]
    public Task T2_SameOrderWhenCompiledTwice_Holds() => HoldsAsync("NORP-001-T2");

    [Fact(DisplayName = "NORP-001-T3 Missing resource refused at context resolution"), Trait("Seed", "NORP-001-T3")]
    public Task T3_MissingResourceRefusedAtContextResolution_Holds() => HoldsAsync("NORP-001-T3");

    [Fact(DisplayName = "NORP-001-T4 Cycle and missing resource: only the structural stage ran"), Trait("Seed", "NORP-001-T4")]
    public Task T4_CycleAndMissingResourceOnlyTheStructuralStageRan_Holds() => HoldsAsync("NORP-001-T4");

    [Fact(DisplayName = "NORP-001-T5 Other tenant's resource refused, not loaded"), Trait("Seed", "NORP-001-T5")]
    public Task T5_OtherTenantsResourceRefusedNotLoaded_Holds() => HoldsAsync("NORP-001-T5");

    [Fact(DisplayName = "NORP-001-T6 Valid workflow runs in order"), Trait("Seed", "NORP-001-T6")]
    public Task T6_ValidWorkflowRunsInOrder_Holds() => HoldsAsync("NORP-001-T6");
}
