namespace Bulkhead.Conformance.Tests.Norp;

public sealed class Norp006Tests(ConformanceServer server) : RowTestBase(server)
{
    [Fact(DisplayName = "NORP-006-T1 Execution isolation"), Trait("Seed", "NORP-006-T1")]
    public Task T1_ExecutionIsolation_Holds() => HoldsAsync("NORP-006-T1");

    [Fact(DisplayName = "NORP-006-T2 Intra-execution pooling"), Trait("Seed", "NORP-006-T2")]
    public Task T2_IntraexecutionPooling_Holds() => HoldsAsync("NORP-006-T2");

    [Fact(DisplayName = "NORP-006-T3 Cross-execution reuse rejection"), Trait("Seed", "NORP-006-T3")]
    public Task T3_CrossexecutionReuseRejection_Holds() => HoldsAsync("NORP-006-T3");

    [Fact(DisplayName = "NORP-006-T4 Failure cleanup"), Trait("Seed", "NORP-006-T4")]
    public Task T4_FailureCleanup_Holds() => HoldsAsync("NORP-006-T4");

    [Fact(DisplayName = "NORP-006-T5 Tenant and execution isolation"), Trait("Seed", "NORP-006-T5")]
    public Task T5_TenantAndExecutionIsolation_Holds() => HoldsAsync("NORP-006-T5");

    [Fact(DisplayName = "NORP-006-T6 Lazy and eager loading"), Trait("Seed", "NORP-006-T6")]
    public Task T6_LazyAndEagerLoading_Holds() => HoldsAsync("NORP-006-T6");

    [Fact(DisplayName = "NORP-006-T7 Concurrent execution isolation"), Trait("Seed", "NORP-006-T7")]
    public Task T7_ConcurrentExecutionIsolation_Holds() => HoldsAsync("NORP-006-T7");

    [Fact(DisplayName = "NORP-006-R1 Execution id is a fresh uuid, fixed before allocation"), Trait("Seed", "NORP-006-R1")]
    public Task R1_ExecutionIdIsAFreshUuidFixedBeforeAllocation_Holds() => HoldsAsync("NORP-006-R1");

    [Fact(DisplayName = "NORP-006-R2 A resource belongs to one context"), Trait("Seed", "NORP-006-R2")]
    public Task R2_AResourceBelongsToOneContext_Holds() => HoldsAsync("NORP-006-R2");

    [Fact(DisplayName = "NORP-006-R3 Use after the end is refused"), Trait("Seed", "NORP-006-R3")]
    public Task R3_UseAfterTheEndIsRefused_Holds() => HoldsAsync("NORP-006-R3");

    [Fact(DisplayName = "NORP-006-R4 Partial initialisation is disposed"), Trait("Seed", "NORP-006-R4")]
    public Task R4_PartialInitialisationIsDisposed_Holds() => HoldsAsync("NORP-006-R4");

    [Fact(DisplayName = "NORP-006-R5 Cleanup on exception, time-out and cancellation"), Trait("Seed", "NORP-006-R5")]
    public Task R5_CleanupOnExceptionTimeoutAndCancellation_Holds() => HoldsAsync("NORP-006-R5");

    [Fact(DisplayName = "NORP-006-R6 Credentials invalidated, execution cache evicted"), Trait("Seed", "NORP-006-R6")]
    public Task R6_CredentialsInvalidatedExecutionCacheEvicted_Holds() => HoldsAsync("NORP-006-R6");

    [Fact(DisplayName = "NORP-006-R7 No static pool, no global credentials"), Trait("Seed", "NORP-006-R7")]
    public Task R7_NoStaticPoolNoGlobalCredentials_Holds() => HoldsAsync("NORP-006-R7");
}
