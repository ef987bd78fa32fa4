namespace Bulkhead.Operator;

/// <summary>What the operator decides about every worker and release pod.</summary>
internal sealed record WorkerPodOptions
{
    /// <summary>The worker's image. Required.</summary>
    public required string Image { get; init; }

    /// <summary>Default: IfNotPresent.</summary>
    public string ImagePullPolicy { get; init; } = "IfNotPresent";

    /// <summary>Where workers send their spans. Null: nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Requests where neither execution nor Tenant names any.</summary>
    public IReadOnlyDictionary<string, string> Requests { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = "50m", ["memory"] = "128Mi" };

    /// <summary>Limits where neither execution nor Tenant names any.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["memory"] = "512Mi" };
}
