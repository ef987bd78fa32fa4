using Microsoft.Extensions.Logging;

namespace KubeOps.Operator;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Reconcile of {Entity} {Namespace}/{Name} failed: {Reason}")]
    public static partial void Failed(this ILogger logger, Exception? error, string entity, string? @namespace, string name, string? reason);

    [LoggerMessage(2, LogLevel.Information, "Listed {Count} of {Entity} at version {Version}")]
    public static partial void Listed(this ILogger logger, string entity, int count, string? version);

    [LoggerMessage(3, LogLevel.Information, "Watch of {Entity} broke off ({Failures} in a row): {Reason}")]
    public static partial void WatchFailed(this ILogger logger, string entity, string reason, int failures);

    [LoggerMessage(4, LogLevel.Error, "{Entity} {Namespace}/{Name} does not fit its type and is left out: {Reason}")]
    public static partial void Unreadable(this ILogger logger, string entity, string? @namespace, string name, string reason);

    [LoggerMessage(5, LogLevel.Warning, "An event about {Namespace}/{Name} ({Reason}) was not written: {Error}")]
    public static partial void EventLost(this ILogger logger, string? @namespace, string? name, string reason, string error);

    [LoggerMessage(6, LogLevel.Information, "{Identity} leads")]
    public static partial void Leads(this ILogger logger, string identity);

    [LoggerMessage(7, LogLevel.Warning, "{Identity} leads no more")]
    public static partial void LeadsNoMore(this ILogger logger, string identity);

    [LoggerMessage(8, LogLevel.Warning, "The lease was not read or written: {Reason}")]
    public static partial void LeaseFailed(this ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Critical, "Work goes on although the lease is lost; the process ends")]
    public static partial void WorkOutlivesLease(this ILogger logger);
}
