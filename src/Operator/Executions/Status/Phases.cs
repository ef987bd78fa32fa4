namespace Bulkhead.Operator.Executions.Status;

/// <summary>The one word for printers; conditions decide.</summary>
internal static class Phases
{
    public const string Waiting = nameof(Waiting);
    public const string Pending = nameof(Pending);
    public const string Running = nameof(Running);
    public const string Releasing = nameof(Releasing);
    public const string Suspended = nameof(Suspended);
    public const string Succeeded = nameof(Succeeded);
    public const string Failed = nameof(Failed);
    public const string Cancelled = nameof(Cancelled);

    public static readonly IReadOnlyList<string> All = [Waiting, Pending, Running, Releasing, Suspended, Succeeded, Failed, Cancelled];
}
