using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Operator.Admission;

/// <summary>All executions are watched. Whoever asks for the selector is about to list them anew, and so does the line; each of them gets a turn.</summary>
internal sealed class EveryExecution(AdmissionLine line, Sights sights, History history) : IEntityLabelSelector<WorkflowExecutionEntity>
{
    public ValueTask<string?> GetLabelSelectorAsync(CancellationToken cancellationToken)
    {
        line.Renew();
        sights.Clear();
        history.Clear();
        return ValueTask.FromResult<string?>(null);
    }
}
