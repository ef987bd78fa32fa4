namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>All tests that use the API server, one after the other: some of them restart it.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<ApiServer>
{
    public const string Name = "cluster";
}
