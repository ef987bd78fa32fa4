using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Running;

/// <summary>What the command line says about one run, already read but not yet judged.</summary>
internal sealed record RunInput
{
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>Folder of the connections file, to which <c>file:PATH</c> is relative.</summary>
    public string ConnectionsFolder { get; init; } = ".";

    public ReadOnlyMemory<byte>? Connections { get; init; }

    public bool AllowInlineSecrets { get; init; }

    /// <summary>Inputs of <c>--input</c>, over those of the manifest.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public string? Tenant { get; init; }

    public string? User { get; init; }

    public TimeSpan? Timeout { get; init; }

    public PlainHttp PlainHttp { get; init; }

    public Checkpoint? Resume { get; init; }
}
