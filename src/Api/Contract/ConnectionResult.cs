using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>What became of one connection of the execution.</summary>
/// <param name="Name">Name of the connection.</param>
/// <param name="Type">The driver's category, as in the key: <c>database</c>.</param>
/// <param name="Key"><c>tenant:{t}:exec:{e}:{type}:{id}</c>.</param>
/// <param name="Handle"><c>conn_&lt;8 hex&gt;</c>, or null when it was never opened.</param>
/// <param name="State">Whether the release was proven.</param>
/// <param name="Message">Why it is not Released, where known.</param>
public sealed record ConnectionResult(
    string Name, string Type, string Key, string? Handle, ConnectionState State, string? Message = null);

[JsonConverter(typeof(JsonStringEnumConverter<ConnectionState>))]
public enum ConnectionState
{
    /// <summary>Declared, never opened.</summary>
    NotOpened,
    Open,
    Released,
    Orphaned,
    Unknown,
}
