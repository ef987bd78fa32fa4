using System.Diagnostics;
using Bulkhead.Api.Contract;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Planning;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>The span of one turn. Null, and free, while nobody listens; a turn that wrote nothing is not sent.</summary>
internal static class TurnSpan
{
    public static Activity? Start(WorkflowExecutionEntity execution) =>
        Tracing.Source.HasListeners() && Guid.TryParse(execution.Uid(), out var uid)
            ? Tracing.Source.StartActivity("turn", ActivityKind.Producer, Tracing.ContextOf(uid))?.SetTag(Tracing.ExecutionTag, $"{execution.Namespace()}/{execution.Name()}")
            : null;

    public static void Planned(Activity? span, Plan plan)
    {
        if (span is null) return;
        span.SetTag(Tracing.StepsTag, string.Join(' ', plan.Steps.Select(s => s.GetType().Name)));
        if (plan.Steps.Count == 0) span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    public static void End(Activity? span, WorkflowExecutionEntity execution) =>
        span?.SetTag(Tracing.TenantTag, execution.Status?.TenantId).SetTag(Tracing.AttemptTag, execution.Status?.Attempt).SetTag(Tracing.OutcomeTag, execution.Status?.Phase);
}
