using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Api.Resources;

/// <summary>From the declared connection to what the job carries.</summary>
public static class ConnectionConversion
{
    private static readonly JsonElement NoConfig = JsonElement.Parse("{}");

    /// <summary>The definition of a connection.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="tenant">Tenant of its namespace; ignored where the connection is global.</param>
    public static ConnectionDefinition ToDefinition(this ConnectionSpec spec, string name, string tenant) => new()
    {
        Name = name,
        Id = spec.Id is { } id ? IdText(id) : name,
        Type = spec.Type,
        TenantId = spec.Global == true ? null : tenant,
        Global = spec.Global ?? false,
        Active = spec.Active ?? true,
        AllowedUsers = spec.AllowedUsers ?? [],
        Pooling = spec.Pooling ?? "none",
        Config = spec.Config ?? NoConfig,
        Release = spec.Release?.Endpoint is { } endpoint ? Release(endpoint) : null,
    };

    private static string IdText(JsonElement id) => id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText();

    private static JsonElement Release(JsonElement endpoint) =>
        JsonSerializer.SerializeToElement(new ConnectionRelease { Endpoint = endpoint }, ResourceJson.Default.ConnectionRelease);
}
