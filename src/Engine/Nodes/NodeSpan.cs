using System.Diagnostics;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Nodes;

/// <summary>The span of one visit of a node. Null, and free, while nobody listens. It holds no value of the run and no message.</summary>
internal static class NodeSpan
{
    public static Activity? Start(Branch branch, Node node) => Tracing.Source.StartActivity(node.Name)
        ?.SetTag(Tracing.NodeTag, node.Name).SetTag(Tracing.NodeTypeTag, node.Type).SetTag(Tracing.BranchTag, branch.Name);

    public static void End(Activity? span, NodeFailure? failure)
    {
        if (span is null || failure is null) return;
        span.SetStatus(ActivityStatusCode.Error).SetTag(Tracing.ErrorTag, failure.Type);
    }
}
