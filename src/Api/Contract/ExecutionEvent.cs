using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>One line of the worker's NDJSON stream. Values are redacted before an event is made.</summary>
public sealed record ExecutionEvent
{
    /// <summary>
    /// <c>worker_started, start, node_start, node_complete, node_error, parallel_start, branch_start, branch_complete,
    /// parallel_complete, loop_start, loop_iteration, loop_end, interrupt, resource, log, tool_executing, tool_completed, dropped, finish</c>.
    /// </summary>
    public required string Type { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string ExecutionId { get; init; }

    public string? Node { get; init; }

    public string? Branch { get; init; }

    /// <summary>The fields of this type of event, flat in the JSON line.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Fields { get; set; }
}
