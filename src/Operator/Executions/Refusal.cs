namespace Bulkhead.Operator.Executions;

/// <summary>The server would not take a pod or a job: why, in a reason of ours and the server's own words.</summary>
/// <param name="Reason">Of the condition.</param>
/// <param name="Message">What the server said.</param>
/// <param name="IsForGood">A worker pod that is no valid pod: asked again, the server would say the same.</param>
internal sealed record Refusal(string Reason, string Message, bool IsForGood = false)
{
    /// <summary>Not refused: what was observed is not so any more.</summary>
    public static Refusal Outdated { get; } = new("", "");
}
