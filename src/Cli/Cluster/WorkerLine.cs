using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Cluster;

/// <summary>One line of a worker's log: an event, its result, or something that a library wrote.</summary>
internal static class WorkerLine
{
    /// <summary>Null: no event.</summary>
    public static ExecutionEvent? Event(string line)
    {
        if (!line.StartsWith('{')) return null;
        try
        {
            return JsonSerializer.Deserialize(line, ContractJson.Default.ExecutionEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsResult(string line) => line.StartsWith(ContractPaths.ResultPrefix, StringComparison.Ordinal);
}
