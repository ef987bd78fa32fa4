namespace Bulkhead.Server.Executions;

/// <summary>Reasons that only the server can give.</summary>
internal static class ServedReasons
{
    /// <summary>The server died while the execution ran; its sessions were ended by owner tag at the next start.</summary>
    public const string ServerRestarted = nameof(ServerRestarted);

    /// <summary>The server was stopped and the drain was over.</summary>
    public const string ServerStopped = nameof(ServerStopped);

    /// <summary>The user asked for it.</summary>
    public const string SuspendedByUser = nameof(SuspendedByUser);

    /// <summary>The user asked for it.</summary>
    public const string CancelledByUser = nameof(CancelledByUser);

    /// <summary>No engine could be created, or the record could not be written.</summary>
    public const string NotStarted = nameof(NotStarted);
}
