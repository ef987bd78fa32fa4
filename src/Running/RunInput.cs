using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>What is to be run, for whom, with what; already read but not yet judged.</summary>
public sealed record RunInput
{
    public required ExecutionSource Source { get; init; }

    public required ConnectionsFile Connections { get; init; }

    /// <summary>Inputs over those of the manifest.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public string? Tenant { get; init; }

    public string? User { get; init; }

    public TimeSpan? Timeout { get; init; }

    public PlainHttp PlainHttp { get; init; }

    public Checkpoint? Resume { get; init; }
}
