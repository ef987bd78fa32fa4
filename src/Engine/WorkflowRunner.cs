using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine;

/// <summary>
/// Runs one valid workflow from its first event to its proven release:
/// <code>open (eager) -> walk the graph -> finally -> release -> result</code>
/// </summary>
internal sealed class WorkflowRunner(
    WorkflowLimits limits, IExecutionEvents events, TimeProvider clock, EngineParts parts, CancellationToken softStop = default)
{
    /// <param name="workflow">The loaded document.</param>
    /// <param name="job">Who runs it, with which inputs.</param>
    /// <param name="resources">The execution's pool; it is released when this returns, whatever the end.</param>
    /// <param name="cancellationToken">Cancels the run, not the release.</param>
    public async Task<ExecutionResult> RunAsync(Workflow workflow, Job job, ResourcePool resources, CancellationToken cancellationToken)
    {
        var journal = new Journal(job.ExecutionId, job.TenantId, events, clock);
        var started = clock.GetTimestamp();
        journal.Emit("start", fields: [("workflow", Json.Of(workflow.Name)), ("attempt", Json.Of(job.Attempt))]);
        GraphEnd end;
        IReadOnlyList<ConnectionResult> connections;
        try
        {
            end = await new GraphRunner(limits, journal, clock, parts, softStop).RunAsync(workflow, job, resources, cancellationToken);
        }
        finally
        {
            connections = await resources.ReleaseAsync(TimeSpan.FromMilliseconds(job.ReleaseGracefulMs));
        }

        var result = ResultOf(end, job) with
        {
            Nodes = journal.Nodes,
            Connections = connections,
            Usage = end.Spending.Total is var used && used == new NodeUsage() ? null : used,
            DurationMs = clock.GetElapsedTime(started).TotalMilliseconds,
        };
        journal.Emit("finish", fields:
        [
            ("phase", Json.Of(result.Phase.ToString())), ("reason", Json.Of(result.Reason)), ("duration_ms", Json.Of(result.DurationMs)),
            .. Spent(end.Spending),
        ]);
        return result;
    }

    private static (string Name, JsonElement Value)[] Spent(Spending spending) => spending.Total is { InputTokens: > 0 } total
        ? [("llm_input", Json.Of(total.InputTokens)), ("llm_output", Json.Of(total.OutputTokens)), ("llm_cost", total.Cost is { } cost ? Json.Of(cost) : Json.Null)]
        : [];

    private static ExecutionResult ResultOf(GraphEnd end, Job job) => new()
    {
        Phase = end.Failure switch
        {
            null => ExecutionPhase.Succeeded,
            { Type: NodeFailure.Interrupt } => ExecutionPhase.Suspended,
            { Type: NodeFailure.Cancelled or NodeFailure.Stopped } => ExecutionPhase.Cancelled,
            _ => ExecutionPhase.Failed,
        },
        Reason = end.Reason,
        Message = end.Failure?.Message,
        ExecutionId = job.ExecutionId,
        TenantId = job.TenantId,
        Attempt = job.Attempt,
        State = end.State.ToJson(),
        Checkpoint = end.Failure?.InterruptedAt is { } at ? Checkpoints.Of(job, at.Node, at.After, end.State) : null,
    };
}
