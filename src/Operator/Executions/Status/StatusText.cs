using System.Text.Json;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>A status as text, to tell whether it changed.</summary>
internal static class StatusText
{
    public static string Of(WorkflowExecutionStatus? status) =>
        status is null ? "" : JsonSerializer.Serialize(status, ResourceJson.Default.WorkflowExecutionStatus);
}
