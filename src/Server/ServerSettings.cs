using Bulkhead.Server.Executions;
using Bulkhead.Server.Http;

namespace Bulkhead.Server;

/// <summary>What a server needs beyond its options, with the values of a real one; tests set their own.</summary>
internal sealed record ServerSettings
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Path of the worker program. Default: beside this one.</summary>
    public string Worker { get; init; } = Running.WorkerProcess.Location;

    public RateLimits Rates { get; init; } = RateLimits.Default;

    public Retention Retention { get; init; } = Retention.Default;

    /// <summary>Between two looks for executions to forget.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time for a request's headers. A client that sends slower is cut off.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time of one send to a WebSocket.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
