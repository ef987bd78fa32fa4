namespace k8s;

/// <summary>How hard one client may press the API server, and how long it tries.</summary>
internal sealed record ClientLimits
{
    /// <summary>Requests per second in the long run. Default 1,000: an operator that completes 25 executions in a second asks for some 600.</summary>
    public double Qps { get; init; } = 1000;

    /// <summary>Requests at once after a pause. Default 2,000.</summary>
    public int Burst { get; init; } = 2000;

    /// <summary>How often one request is tried again after 429, 503 with Retry-After, or (reads) a broken connection. Default 6.</summary>
    public int MaxRetries { get; init; } = 6;

    /// <summary>First pause where the server names none; doubles. Default 200 ms.</summary>
    public TimeSpan RetryBase { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>HTTP/2 ping after this much silence, and how long its answer may take. Default 10 s and 10 s: a dead connection is known after 20 s.</summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
