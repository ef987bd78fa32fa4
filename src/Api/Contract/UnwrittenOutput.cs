namespace Bulkhead.Api.Contract;

/// <summary>An output that was asked for and could not be written whole: a full disk, a reader that is gone.</summary>
public static class UnwrittenOutput
{
    /// <summary>The same execution as Failed: whoever relies on that output must not take it for complete. Nodes and connections stay as they are.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="reason">For example <c>EventsNotWritten</c>.</param>
    /// <param name="what">Of the execution: "its events".</param>
    /// <param name="why">The system's words.</param>
    public static ExecutionResult Unwritten(this ExecutionResult result, string reason, string what, string why) => result with
    {
        Phase = ExecutionPhase.Failed,
        Reason = reason,
        Message = $"The execution ended {result.Phase}, but {what} could not be written: {why}",
    };
}
