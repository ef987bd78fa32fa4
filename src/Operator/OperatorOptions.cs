namespace Bulkhead.Operator;

/// <summary>What the operator was started with.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Null: what the pod's service account or the kubeconfig's usual places say.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>The only namespace to look at. Null: all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Where health and metrics are served. Default <c>http://0.0.0.0:8080</c>; empty: nowhere.</summary>
    public string Listen { get; init; } = "http://0.0.0.0:8080";

    /// <summary>One of several replicas works, the others wait. Default true.</summary>
    public bool LeaderElection { get; init; } = true;

    /// <summary>Executions that are looked at at one time. Default 16.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>Executions that hold a slot at one time, in all. Default 100.</summary>
    public int MaxConcurrentExecutions { get; init; } = 100;

    /// <summary>Collector of metrics and traces (OTLP over HTTP), such as <c>http://collector:4318</c>. Null: none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    public required WorkerPodOptions Worker { get; init; }
}
