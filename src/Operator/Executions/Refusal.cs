namespace Bulkhead.Operator.Executions;

/// <summary>The server would not take a pod or a job: why, in a reason of ours and the server's own words.</summary>
internal sealed record Refusal(string Reason, string Message)
{
    /// <summary>Not refused: what was observed is not so any more.</summary>
    public static Refusal Outdated { get; } = new("", "");
}
