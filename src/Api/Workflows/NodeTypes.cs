using Bulkhead.Api.Loading;

namespace Bulkhead.Api.Workflows;

/// <summary>The values of a node's <c>type</c> that documents may use.</summary>
public static class NodeTypes
{
    public static IReadOnlyList<string> All => WorkReader.Types;
}
