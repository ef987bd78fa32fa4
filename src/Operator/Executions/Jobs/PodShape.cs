using System.Text.Json.Serialization;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>What the pods of an execution need beside the job, fixed with it at admission: names of Secrets, never their content.</summary>
internal sealed record PodShape
{
    public required string TenantId { get; init; }

    /// <summary>Names of the connections that the worker may open.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    public IReadOnlyList<SecretMount> Secrets { get; init; } = [];

    /// <summary>The execution's template over its tenant's defaults.</summary>
    public PodTemplate Template { get; init; } = new();

    /// <summary>Seconds that the worker has for its own release.</summary>
    public int GracefulSeconds { get; init; } = 30;

    public int DeadlineSeconds { get; init; } = 600;

    /// <summary>Null: no limit.</summary>
    public int? ActiveSeconds { get; init; }

    /// <summary>SHA-256 of the compressed job beside it, 64 hex digits, by which the worker knows it; not written down. Null: an audit's.</summary>
    [JsonIgnore]
    public string? JobDigest { get; init; }
}

/// <param name="Connection">Name of the connection; its folder in the contract directory.</param>
/// <param name="Secret">Secret of the execution's namespace.</param>
/// <param name="ReleaseSecret">Secret of the role that may end the sessions; null: the same.</param>
internal sealed record SecretMount(string Connection, string Secret, string? ReleaseSecret = null);

[JsonSourceGenerationOptions(MaxDepth = 1000, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PodShape))]
internal sealed partial class PodShapeJson : JsonSerializerContext;
