using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>
/// What the operator (or the CLI) hands to a worker: <c>job.json</c> of the contract directory. A snapshot, without secrets.
/// </summary>
public sealed record Job
{
    /// <summary>Version of this contract; a worker refuses another.</summary>
    public const int ContractVersion = 1;

    public int Version { get; init; } = ContractVersion;

    /// <summary>Identity of the execution; in the cluster the custom resource's uid.</summary>
    public required Guid ExecutionUid { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Attempt { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string ThreadId { get; init; }

    public required string RunId { get; init; }

    /// <summary>The workflow document as JSON, in either dialect, as the author wrote it.</summary>
    public required JsonElement Workflow { get; init; }

    /// <summary>Merged over the document's initial state.</summary>
    public required JsonElement Inputs { get; init; }

    public IReadOnlyList<ConnectionDefinition> Connections { get; init => field = value ?? []; } = [];

    /// <summary>Open every connection before the first node. Default false: on first use.</summary>
    public bool EagerLoading { get; init; }

    /// <summary>Wall time of the execution in milliseconds. Default: none.</summary>
    public long? TimeoutMs { get; init; }

    [JsonIgnore]
    public TimeSpan? Timeout => TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>Time for the graceful release at the end, in milliseconds. Default 30 s.</summary>
    public long ReleaseGracefulMs { get; init; } = 30_000;

    /// <summary>Goes on from here instead of starting at the first node; <see cref="Inputs"/> are merged over its state.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>What plain URLs may reach (<c>http.*</c> without a connection). Default: nothing.</summary>
    public PlainHttp PlainHttp { get; init; }

    /// <summary><c>exec_&lt;uuid&gt;</c>.</summary>
    [JsonIgnore]
    public string ExecutionId => $"exec_{ExecutionUid:d}";

    [JsonIgnore]
    public OwnerTag OwnerTag => new(ExecutionUid, Attempt);
}
