namespace Bulkhead.Engine.Nodes;

/// <summary>Why a node (or a branch) failed: a value, part of the result.</summary>
/// <param name="Type">LuaError, TimeoutError, HttpError, SqlError, ActionError, COST_ERROR, Stopped or Cancelled.</param>
/// <param name="Message">One sentence without secrets.</param>
/// <param name="Retryable">Whether a retry policy may try again.</param>
internal sealed record NodeFailure(string Type, string Message, bool Retryable = true)
{
    public const string LuaError = nameof(LuaError);
    public const string TimeoutError = nameof(TimeoutError);
    public const string ActionError = nameof(ActionError);

    /// <summary>The execution's budget is exceeded. Spelled as the class of problems that it is.</summary>
    public const string CostError = "COST_ERROR";
    public const string Cancelled = nameof(Cancelled);

    /// <summary>Not a failure: the node was not started, because no other is to start. Nothing that goes on after failures goes on after this one.</summary>
    public const string Stopped = nameof(Stopped);

    /// <summary>Not a failure: the walk stops here and a checkpoint is written.</summary>
    public const string Interrupt = nameof(Interrupt);

    /// <summary>Where a checkpoint is to be written; only with <see cref="Interrupt"/>.</summary>
    public (string Node, bool After)? InterruptedAt { get; init; }

    /// <summary>Set where an abandoned script still runs; such a branch is never retried.</summary>
    public bool Abandoned { get; init; }

    public static NodeFailure Interrupted(string node, bool after) =>
        new(Interrupt, $"Interrupted {(after ? "after" : "before")} node '{node}'.", Retryable: false) { InterruptedAt = (node, after) };
}
