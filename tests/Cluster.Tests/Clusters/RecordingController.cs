using Bulkhead.Cluster.Operator;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;

namespace Bulkhead.Cluster.Tests.Clusters;

internal sealed class RecordingController(Recorder recorder) : IEntityController<Widget>
{
    public Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        recorder.Reconciled.Enqueue((entity.Metadata.Name, entity.Metadata.ResourceVersion));
        recorder.Last[entity.Metadata.Uid] = entity.Metadata.ResourceVersion;
        return recorder.OnReconcile(entity, cancellationToken);
    }

    public async Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
    {
        recorder.Deleted.Enqueue((entity.Metadata.Name, entity.Metadata.Uid));
        var result = await recorder.OnDeleted(entity, cancellationToken);
        if (result.IsSuccess)
            recorder.Last.TryRemove(entity.Metadata.Uid, out _);
        return result;
    }
}
