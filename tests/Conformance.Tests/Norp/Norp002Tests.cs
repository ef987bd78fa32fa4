namespace Bulkhead.Conformance.Tests.Norp;

public sealed class Norp002Tests(ConformanceServer server) : RowTestBase(server)
{
    [Fact(DisplayName = "NORP-002-T1 Tenant conflict refused"), Trait("Seed", "NORP-002-T1")]
    public Task T1_TenantConflictRefused_Holds() => HoldsAsync("NORP-002-T1");

    [Fact(DisplayName = "NORP-002-T2 Cross-tenant connection refused"), Trait("Seed", "NORP-002-T2")]
    public Task T2_CrosstenantConnectionRefused_Holds() => HoldsAsync("NORP-002-T2");

    [Fact(DisplayName = "NORP-002-T3 Global connection allowed and audited"), Trait("Seed", "NORP-002-T3")]
    public Task T3_GlobalConnectionAllowedAndAudited_Holds() => HoldsAsync("NORP-002-T3");

    [Fact(DisplayName = "NORP-002-T4 Run-time escalation refused with zero queries"), Trait("Seed", "NORP-002-T4")]
    public Task T4_RuntimeEscalationRefusedWithZeroQueries_Holds() => HoldsAsync("NORP-002-T4");

    [Fact(DisplayName = "NORP-002-T5 Writes stay in the tenant"), Trait("Seed", "NORP-002-T5")]
    public Task T5_WritesStayInTheTenant_Holds() => HoldsAsync("NORP-002-T5");
}
