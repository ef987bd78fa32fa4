namespace Bulkhead.Chart.Tests.Installed;

/// <summary>All tests that install on the node, one after the other: they install the same release.</summary>
[CollectionDefinition(Name)]
public sealed class NodeCollection : ICollectionFixture<Node>
{
    public const string Name = "node";
}
