using System.Text.Json;

namespace Bulkhead.Api.Contract;

/// <summary>
/// A declared external system as the job carries it: everything but credentials, which lie as files under
/// <c>connections/&lt;name&gt;/</c> of the contract directory.
/// </summary>
public sealed record ConnectionDefinition
{
    public required string Name { get; init; }

    /// <summary>NORP id (<c>connection_id: 5</c>); default: the name.</summary>
    public string? Id { get; init; }

    /// <summary>Driver: <c>postgres</c>, <c>http</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Tenant that owns it; null only where <see cref="Global"/>.</summary>
    public string? TenantId { get; init; }

    /// <summary>Usable by every tenant; its use is audited and it holds no tenant data.</summary>
    public bool Global { get; init; }

    /// <summary>A connection that is switched off is refused at context resolution. Default true.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Users that may use it; empty means every user of the tenant.</summary>
    public IReadOnlyList<string> AllowedUsers { get; init => field = value ?? []; } = [];

    /// <summary><c>none</c>, <c>session</c> or <c>transaction</c> (a pooler between us and the server). Default none.</summary>
    public string Pooling { get; init => field = value ?? "none"; } = "none";

    /// <summary>The driver's own settings.</summary>
    public JsonElement Config { get; init; }

    /// <summary>How sessions are ended after a hard death (<c>release.endpoint</c>), driver-specific.</summary>
    public JsonElement? Release { get; init; }
}
