using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>llm_call</c>. Without a prompt it acquires its connection and checks that it answers.</summary>
internal sealed class PromptNode(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, PromptWork prompt, TimeLimit limit)
    {
        await ConnectionCall.RunAsync(run, node.Name, branch.Name, prompt.Connection, ConnectionCall.Check, Json.EmptyObject, limit.Arm());
        return NodeOutcome.Of(Json.Object([new("connected", Json.Of(true))]));
    }
}
