using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Redaction;

namespace Bulkhead.Worker;

/// <summary>
/// The result as the last line of a pod's log: with secrets masked, since whoever may read logs or the execution's status reads it, and cut to what
/// the operator reads back. On this machine the line goes to whoever started the worker, whole.
/// </summary>
internal static class PodResult
{
    internal const int MostBytes = 64 * 1024;

    /// <summary>As many as a status shows.</summary>
    private const int MostNodes = 100;

    public static byte[] Write(ExecutionResult result)
    {
        var state = result.State is { ValueKind: not JsonValueKind.Undefined } value ? Redactor.Mask(value) : (JsonElement?)null;
        result = result with { State = state, Checkpoint = null };
        var bytes = Bytes(result);
        if (bytes.Length <= MostBytes) return bytes;
        result = result with { Nodes = [.. result.Nodes.OrderBy(n => n.Status != NodeStatus.Failed).Take(MostNodes).Select(Short)] };
        bytes = Bytes(result);
        if (bytes.Length <= MostBytes) return bytes;
        result = result with { State = state is { } outputs ? Omitted(outputs) : null };
        while ((bytes = Bytes(result)).Length > MostBytes && result.Nodes.Count > 0)
            result = result with { Nodes = [.. result.Nodes.Take(result.Nodes.Count / 2)] };
        return bytes;
    }

    private static NodeResult Short(NodeResult node) => node with { Error = node.Error is { } error ? Redactor.Cut(error) : null, Usage = null };

    /// <summary>Half a document is no document.</summary>
    private static JsonElement Omitted(JsonElement outputs) => JsonElement.Parse(
        $$"""{"omitted":"the outputs have {{Encoding.UTF8.GetByteCount(outputs.GetRawText())}} bytes; the result in a pod's log holds {{MostBytes}}. Let the workflow write them to a connection."}""");

    private static byte[] Bytes(ExecutionResult result) => JsonSerializer.SerializeToUtf8Bytes(result, ContractJson.Default.ExecutionResult);
}
