using System.Text.Json.Serialization;

namespace KubeOps.Operator.Reconciliation;

/// <summary>One operation of a JSON patch (RFC 6902).</summary>
internal sealed record PatchOperation(
    [property: JsonPropertyName("op")] string Op, [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("value")] object? Value = null);
