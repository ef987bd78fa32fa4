using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Actions.Web;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>http</c>: one request with templates, over a connection or to a plain URL.</summary>
internal sealed class HttpNode(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, HttpWork work, TimeLimit limit)
    {
        var rendered = await Templates.RenderAsync(run, branch, node.Name, work.Request, limit);
        if (rendered.Failed) return rendered;
        var shown = rendered.Value ?? Json.EmptyObject;
        var request = new WebRequest(work.Method, work.Connection, Json.Fields(shown).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
        var token = limit.Arm();
        var caller = branch.Caller(node.Name);
        return NodeOutcome.Of(await ToolCall.ObserveAsync(run, caller, node.Type, shown, async () => await request.SendAsync(run, caller, token)));
    }
}
