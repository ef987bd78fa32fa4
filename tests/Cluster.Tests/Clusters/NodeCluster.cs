namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>As <see cref="ApiServer"/>, with a node that runs pods: <c>eng/cluster up</c>, as root. Its networks are this process's own.</summary>
public sealed class NodeCluster() : ApiServer([], $"n{Environment.ProcessId}", new()
{
    ["KUBE_NET"] = $"10.98.{Environment.ProcessId % 250}",
    ["KUBE_PODS"] = $"10.245.{Environment.ProcessId % 250}.0/24",
});

/// <summary>Tests with real pods.</summary>
[CollectionDefinition(Name)]
public sealed class NodeCollection : ICollectionFixture<NodeCluster>
{
    public const string Name = "node";
}
