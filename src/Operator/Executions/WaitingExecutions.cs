using System.Collections.Concurrent;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Executions that wait for a Workflow, a Connection or a Tenant, so that its appearance wakes them at once. A wake-up that is lost costs
/// seconds, never correctness: they look again by themselves.
/// </summary>
internal sealed class WaitingExecutions(Waker waker)
{
    private readonly ConcurrentDictionary<(string Namespace, string Name), string> _waiting = [];

    public void Note(WorkflowExecutionEntity execution)
    {
        var key = (execution.Namespace(), execution.Name());
        if (execution.Status.Is(ConditionTypes.Admitted, "False") && execution.Status?.CompletionTime is null) _waiting[key] = execution.Uid();
        else _waiting.TryRemove(key, out _);
    }

    /// <summary>It is gone, whether or not it had its turn.</summary>
    public void Forget(WorkflowExecutionEntity execution) => _waiting.TryRemove(new((execution.Namespace(), execution.Name()), execution.Uid()));

    /// <param name="ns">Null: those of every namespace.</param>
    /// <param name="ct">Gives up.</param>
    public async Task WakeAsync(string? ns, CancellationToken ct)
    {
        foreach (var ((space, name), uid) in _waiting.Where(w => ns is null || w.Key.Namespace == ns))
        {
            if (!await waker.WakeAsync(name, space, uid, ct)) _waiting.TryRemove((space, name), out _);
        }
    }
}
