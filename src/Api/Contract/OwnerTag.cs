namespace Bulkhead.Api.Contract;

/// <summary>
/// The mark that every server session of an execution's attempt carries: <c>bulkhead/&lt;execution uid, 32 hex&gt;/&lt;attempt&gt;</c>.
/// 42 characters plus digits, which fits PostgreSQL's 63 bytes of application_name.
/// </summary>
public readonly record struct OwnerTag(Guid ExecutionUid, int Attempt)
{
    /// <summary>What every owner tag begins with.</summary>
    public const string Prefix = "bulkhead/";

    /// <summary>Null: the text is no owner tag.</summary>
    public static OwnerTag? Parse(string text) =>
        text.Split('/') is ["bulkhead", var uid, var attempt] && Guid.TryParseExact(uid, "n", out var execution) && int.TryParse(attempt, out var number)
            ? new OwnerTag(execution, number)
            : null;

    public override string ToString() => $"bulkhead/{ExecutionUid:n}/{Attempt}";
}
