using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Pods;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>What a worker said of its nodes and outputs, cut to what a status may hold: 100 rows of 8 KiB, failed ones first, and 8 KiB of outputs of 32 levels.</summary>
internal static class Results
{
    internal const int MostRows = 100;
    internal const int MostRowBytes = 8 * 1024;
    internal const int MostOutputBytes = 8 * 1024;

    /// <summary>Whatever else reads the object (kubectl plug-ins, dashboards) often takes no more than 64 levels of all.</summary>
    internal const int DeepestOutput = 32;
    private const int LongestError = 120;

    public static WorkflowExecutionStatus Into(WorkflowExecutionStatus status, Observed o, WorkerEnd end)
    {
        var nodes = o.Result?.Nodes ?? end.Record?.Nodes ?? [];
        var done = end.Record?.NodesDone ?? nodes.Count(n => n.Status == NodeStatus.Succeeded);
        var failed = end.Record?.NodesFailed ?? nodes.Count(n => n.Status == NodeStatus.Failed);
        return status with
        {
            Nodes = new NodesStatus { Total = o.Status.Nodes?.Total ?? 0, Done = done, Failed = failed, Rows = Rows(nodes) },
            Outputs = Outputs(o.Result?.State),
            StartTime = status.StartTime ?? o.Worker?.StartedAt,
        };
    }

    private static List<NodeRow> Rows(IEnumerable<NodeResult> nodes)
    {
        var rows = new List<NodeRow>();
        var bytes = 0;
        foreach (var node in nodes.OrderBy(n => n.Status != NodeStatus.Failed).Take(MostRows))
        {
            var row = Row(node);
            bytes += JsonSerializer.SerializeToUtf8Bytes(row, ResourceJson.Default.NodeRow).Length;
            if (bytes > MostRowBytes) break;
            rows.Add(row);
        }

        return rows;
    }

    private static NodeRow Row(NodeResult node) => new()
    {
        Name = Cut(node.Name)!,
        Status = node.Status.ToString(),
        Branch = Cut(node.Branch),
        DurationMs = Math.Round(node.DurationMs, 1),
        Error = Cut(node.Error),
        ErrorType = Cut(node.ErrorType),
    };

    /// <summary>Whole, or a note in its place: half a document is no document.</summary>
    private static JsonElement? Outputs(JsonElement? state)
    {
        if (state is not { } outputs) return null;
        var bytes = Encoding.UTF8.GetByteCount(outputs.GetRawText());
        if (JsonDepth.Of(outputs) is var depth and > DeepestOutput) return Omitted($"the outputs are nested {depth} levels deep; a status holds {DeepestOutput}");
        return bytes <= MostOutputBytes
            ? outputs
            : Omitted($"the outputs have {bytes} bytes; a status holds {MostOutputBytes}");
    }

    internal static JsonElement Omitted(string why) => JsonElement.Parse($$"""{"omitted":"{{why}}. The worker's log has them."}""");

    private static string? Cut(string? text) => StatusEdit.Cut(text, LongestError);
}
