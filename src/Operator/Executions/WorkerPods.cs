using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Operator.Executions;

/// <summary>Only pods of executions are watched.</summary>
internal sealed class WorkerPods : IEntityLabelSelector<V1Pod>
{
    public ValueTask<string?> GetLabelSelectorAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(Names.UidLabel);
}
