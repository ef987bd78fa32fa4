using Bulkhead.Cluster.Operator;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Cluster.Tests.Clusters;

internal sealed class ChosenWidgets : IEntityLabelSelector<Widget>
{
    public ValueTask<string?> GetLabelSelectorAsync(CancellationToken cancellationToken) => new("chosen=yes");
}
