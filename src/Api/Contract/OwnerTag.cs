namespace Bulkhead.Api.Contract;

/// <summary>
/// The mark that every server session of an execution's attempt carries: <c>bulkhead/&lt;execution uid, 32 hex&gt;/&lt;attempt&gt;</c>.
/// 42 characters plus digits, which fits PostgreSQL's 63 bytes of application_name.
/// </summary>
public readonly record struct OwnerTag(Guid ExecutionUid, int Attempt)
{
    public override string ToString() => $"bulkhead/{ExecutionUid:n}/{Attempt}";
}
