using Microsoft.Extensions.Logging;

namespace Bulkhead.Server;

/// <summary>The lines of the server's log. Never a document, an input, a result, a token or a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Tokens read: {Count} entries.")]
    public static partial void TokensRead(ILogger log, int count);

    [LoggerMessage(LogLevel.Error, "The tokens file has {Count} faults and changes nothing; the first: {Path}: {Message}")]
    public static partial void TokensFaulty(ILogger log, int count, string path, string message);

    [LoggerMessage(LogLevel.Error, "The tokens file cannot be read and changes nothing: {Message}")]
    public static partial void TokensUnreadable(ILogger log, string message);

    [LoggerMessage(LogLevel.Information, "Execution {Execution} accepted (tenant {Tenant}, user {User}).")]
    public static partial void Accepted(ILogger log, string execution, string tenant, string user);

    [LoggerMessage(LogLevel.Information, "Execution {Execution} attempt {Attempt} started (tenant {Tenant}).")]
    public static partial void Started(ILogger log, string execution, int attempt, string tenant);

    [LoggerMessage(LogLevel.Information, "Execution {Execution} is {Phase} ({Reason}).")]
    public static partial void Settled(ILogger log, string execution, string phase, string? reason);

    [LoggerMessage(LogLevel.Error, "Execution {Execution} could not be run.")]
    public static partial void RunBroken(ILogger log, string execution, Exception exception);

    [LoggerMessage(LogLevel.Error, "The record of execution {Execution} could not be written: {Message}")]
    public static partial void RecordNotWritten(ILogger log, string execution, string message);

    [LoggerMessage(LogLevel.Warning, "The folder {Folder} holds no record that can be read and is passed over: {Message}")]
    public static partial void RecordUnreadable(ILogger log, string folder, string message);

    [LoggerMessage(LogLevel.Warning, "Execution {Execution} was active when the server died; its worker is fenced and its sessions are ended by owner tag.")]
    public static partial void Recovering(ILogger log, string execution);

    [LoggerMessage(LogLevel.Information, "Draining: {Count} executions run, up to {Seconds} s.")]
    public static partial void Draining(ILogger log, int count, double seconds);

    [LoggerMessage(LogLevel.Warning, "The drain is over: {Count} executions are cancelled.")]
    public static partial void DrainOver(ILogger log, int count);

    [LoggerMessage(LogLevel.Warning, "A reader of {Tenant}/{User} does not read and is dropped.")]
    public static partial void SlowReader(ILogger log, string tenant, string user);

    [LoggerMessage(LogLevel.Error, "A request failed: {Method} {Route}")]
    public static partial void RequestFailed(ILogger log, string method, string? route, Exception exception);
}
