using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>How an attempt ended: the worker's own record, or what the pod shows when there is none.</summary>
/// <param name="Record">The worker's record; null when it died without one, and then nothing is proven.</param>
/// <param name="NeverStarted">The worker never ran: nothing was opened, nothing was done.</param>
/// <param name="Reason">CamelCase, where there is no record.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="At">When it ended.</param>
internal sealed record WorkerEnd(WorkerTermination? Record, bool NeverStarted, string Reason, string Message, DateTimeOffset At)
{
    public bool IsReleaseProven => NeverStarted || Record is { ReleaseProven: true };

    /// <summary>The pod object is not there though it had a fence: somebody took it away.</summary>
    public static WorkerEnd Vanished(DateTimeOffset now) =>
        new(null, NeverStarted: false, Reasons.WorkerVanished, "The worker pod is not there any more, and its record is lost.", now);

    /// <summary>Somebody let go of a worker on a node that does not answer.</summary>
    public static WorkerEnd GivenUp(DateTimeOffset now) =>
        new(null, NeverStarted: false, Reasons.WorkerUnreachable, $"Given up by the annotation {Names.ForceRelease} while the node did not answer; the worker may still run there.", now);

    /// <summary>Whether nothing can show that the worker has really ended. No other attempt follows by itself.</summary>
    public bool IsUncertain => Reason is Reasons.WorkerVanished or Reasons.WorkerUnreachable;

    /// <summary>The end of a pod that is gone (<see cref="Fence"/>).</summary>
    public static WorkerEnd Of(PodFacts pod, NodeFacts? node, DateTimeOffset now)
    {
        var at = pod.End?.FinishedAt ?? now;
        // A lost node may have started it without a chance to say so.
        if (pod.NeverStarted && (pod.Node is null || node is not { IsLost: true })) return new(null, NeverStarted: true, Reasons.NeverStarted, "The worker never started.", at);
        if (Parse(pod.End?.Message) is { } record) return new(record, NeverStarted: false, record.Reason ?? $"{record.Phase}", record.Message ?? "", at);
        var (reason, message) = WithoutRecord(pod, node);
        return new(null, NeverStarted: false, reason, message, at);
    }

    private static (string Reason, string Message) WithoutRecord(PodFacts pod, NodeFacts? node) => pod switch
    {
        { End.Reason: "OOMKilled" } => (Reasons.OutOfMemory, "The worker was killed because it used more memory than its limit."),
        { Reason: "Evicted" } => (Reasons.Evicted, $"The node evicted the worker. {pod.Message}".TrimEnd()),
        { Reason: "DeadlineExceeded" } => (Reasons.DeadlineExceeded, "The pod ran into its activeDeadlineSeconds, which only serves a dead operator."),
        { End: { } end } => (Reasons.WorkerDied, $"The worker {How(end.ExitCode)} without a record of its end."),
        { Phase: "Pending" } when node is not { IsLost: true } =>
            (Reasons.WorkerDied, "The pod was taken away before its kubelet had said whether the worker ran; it may have."),
        _ when node is { IsLost: true } => (Reasons.NodeLost, $"The node {pod.Node} is out of service; the worker went with it."),
        _ => (Reasons.WorkerDied, "The worker ended without a record."),
    };

    private static string How(int exitCode) => exitCode switch
    {
        137 => "was killed (SIGKILL)",
        143 => "was ended (SIGTERM)",
        > 128 => $"was killed by signal {exitCode - 128}",
        _ => $"ended with exit code {exitCode}",
    };

    private static WorkerTermination? Parse(string? message)
    {
        if (string.IsNullOrEmpty(message)) return null;
        try
        {
            return JsonSerializer.Deserialize(message, ContractJson.Default.WorkerTermination);
        }
        catch (JsonException)
        {
            // Cut short, or not ours: unproven.
            return null;
        }
    }
}
