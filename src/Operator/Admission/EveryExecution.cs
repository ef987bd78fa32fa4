using Bulkhead.Kubernetes.Entities;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Operator.Admission;

/// <summary>All executions are watched. Whoever asks for the selector is about to list them anew, and so does the line.</summary>
internal sealed class EveryExecution(AdmissionLine line) : IEntityLabelSelector<WorkflowExecutionEntity>
{
    public ValueTask<string?> GetLabelSelectorAsync(CancellationToken cancellationToken)
    {
        line.Renew();
        return ValueTask.FromResult<string?>(null);
    }
}
