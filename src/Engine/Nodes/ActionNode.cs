using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>uses: NAME</c>: renders <c>with</c>, checks it against the action's signature, runs the action.</summary>
internal sealed class ActionNode(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, ActionWork work, TimeLimit limit)
    {
        var with = await Templates.RenderAsync(run, branch, node.Name, work.With, limit);
        if (with.Failed) return with;
        var action = run.Actions.Find(work.Uses) ?? throw ActionCall.Wrong($"Unknown action '{work.Uses}'.");
        var arguments = ActionArguments.Named(action.Signature, with.Value ?? Json.EmptyObject);
        return NodeOutcome.Of(await ToolCall.RunAsync(run, branch.Caller(node.Name), action, arguments, limit.Arm()));
    }
}
