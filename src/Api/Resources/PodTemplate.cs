using System.Text.Json;

namespace Bulkhead.Api.Resources;

/// <summary>What a worker pod may be given beyond the operator's own shape.</summary>
public sealed record PodTemplate
{
    public PodTemplateMetadata? Metadata { get; init; }

    public PodResources? Resources { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>A <c>core/v1 Affinity</c>.</summary>
    public JsonElement? Affinity { get; init; }

    /// <summary>A list of <c>core/v1 Toleration</c>.</summary>
    public IReadOnlyList<JsonElement>? Tolerations { get; init; }

    public string? PriorityClassName { get; init; }

    public string? RuntimeClassName { get; init; }

    public IReadOnlyList<NameReference>? ImagePullSecrets { get; init; }

    /// <summary>Only where the Tenant's allowedImages has it.</summary>
    public string? Image { get; init; }

    /// <summary>Only where the Tenant's allowedServiceAccounts has it.</summary>
    public string? ServiceAccountName { get; init; }
}

/// <summary>Labels and annotations that are added to the pod; the operator's own keys win.</summary>
public sealed record PodTemplateMetadata
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>Quantities by resource name: <c>cpu: 500m</c>, <c>memory: 256Mi</c>.</summary>
public sealed record PodResources
{
    public IReadOnlyDictionary<string, string>? Requests { get; init; }

    public IReadOnlyDictionary<string, string>? Limits { get; init; }
}
