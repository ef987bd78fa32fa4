using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>What stage 3 found.</summary>
/// <param name="Problems">All faults; none means that the workflow may run.</param>
/// <param name="Connections">For each reference of the workflow the connection it means; complete only without problems.</param>
public sealed record ContextResult(IReadOnlyList<Problem> Problems, IReadOnlyDictionary<ConnectionRef, ConnectionDefinition> Connections)
{
    /// <summary>The connections that the workflow's nodes name, each once, in the order of first use.</summary>
    public IReadOnlyList<ConnectionDefinition> Used => [.. Connections.Values.DistinctBy(c => c.Name)];
}
