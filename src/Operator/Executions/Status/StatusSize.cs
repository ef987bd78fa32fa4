using System.Text.Encodings.Web;
using System.Text.Json;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>Keeps a status within 32 KiB, whatever graph, worker and author wrote into it. What matters least goes first.</summary>
internal static class StatusSize
{
    internal const int Most = 32 * 1024;

    /// <summary>Conditions that are written later, and the server's own defaults.</summary>
    private const int Spare = 4 * 1024;
    private const int FewRows = 10;

    private static readonly ResourceJson Json = new(new JsonSerializerOptions(ResourceJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static WorkflowExecutionStatus Fit(WorkflowExecutionStatus status)
    {
        Func<WorkflowExecutionStatus, WorkflowExecutionStatus>[] cuts =
        [
            s => s with { Connections = [.. (s.Connections ?? []).Select(c => c with { Message = StatusEdit.Cut(c.Message, 64) })] },
            s => s with { Nodes = s.Nodes is { Rows: { } rows } nodes ? nodes with { Rows = [.. rows.Take(FewRows)] } : s.Nodes },
            s => s with { Outputs = s.Outputs is null ? null : Results.Omitted("the outputs do not fit beside the connections") },
            s => s with { Connections = [.. (s.Connections ?? []).Select(c => new ConnectionUse { Name = c.Name, State = c.State })] },
            s => s with { Nodes = s.Nodes is { Rows: { } rows } nodes ? nodes with { Rows = [.. rows.Take(1)] } : s.Nodes },
            s => s with { Conditions = [.. (s.Conditions ?? []).Select(c => c with { Message = StatusEdit.Cut(c.Message, 200) })] },
        ];
        foreach (var cut in cuts)
        {
            if (Bytes(status) <= Most - Spare) break;
            status = cut(status);
        }

        return status;
    }

    internal static int Bytes(WorkflowExecutionStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, Json.WorkflowExecutionStatus).Length;
}
