using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Actions.Web;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>llm_call</c>: a chat completion. Without a prompt it acquires its connection and checks that it answers.</summary>
internal sealed class PromptNode(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, PromptWork work, TimeLimit limit)
    {
        if (work.Prompt is not { } prompt)
        {
            await ConnectionCall.RunAsync(run, branch.Caller(node.Name), work.Connection, ConnectionCall.Check, Json.EmptyObject, limit.Arm());
            return NodeOutcome.Of(Json.Object([new("connected", Json.Of(true))]));
        }

        var rendered = await Templates.RenderAsync(run, branch, node.Name, Json.Object([new("prompt", prompt), new("config", work.Config)]), limit);
        if (rendered.Failed) return rendered;
        var (asked, config) = (rendered.Value!.Value.GetProperty("prompt"), rendered.Value.Value.GetProperty("config"));
        var settings = Json.Fields(config).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var token = limit.Arm();
        var caller = branch.Caller(node.Name);
        return NodeOutcome.Of(await ToolCall.ObserveAsync(run, caller, $"{work.Connection}.chat", config, async () =>
            await new Chat(run).CompleteAsync(caller, work.Connection, asked, settings, token)));
    }
}
