namespace Bulkhead.Operator.Executions.Planning;

/// <summary>What to write, in this order, and when to look again without being woken by a change.</summary>
/// <param name="Steps">The writes.</param>
/// <param name="Again">Null: at the next change.</param>
/// <param name="IsReleased">Only counts for an execution that is being deleted: its finalizer may go.</param>
internal sealed record Plan(IReadOnlyList<Step> Steps, TimeSpan? Again = null, bool IsReleased = false)
{
    public static Plan Nothing { get; } = new([]);

    public static Plan Wait(TimeSpan again, params IReadOnlyList<Step> steps) => new(steps, again);
}
