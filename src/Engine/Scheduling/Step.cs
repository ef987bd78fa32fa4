using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What comes next in a walk: a node (or the end), a fork, or a failure to find out.</summary>
internal readonly record struct Step(string? Node, ParallelSection? Parallel, NodeFailure? Failure)
{
    public static Step To(string node) => new(node, null, null);

    public static Step Fork(ParallelSection section) => new(null, section, null);

    public static Step Failed(NodeFailure failure) => new(null, null, failure);
}
