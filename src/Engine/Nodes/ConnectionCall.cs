using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Nodes;

/// <summary>One operation on a connection: acquire (open or reuse), call, both seen as a tool call.</summary>
internal static class ConnectionCall
{
    /// <summary>The operation that only asks for a sign of life.</summary>
    public const string Check = "check";

    public static async Task<JsonElement?> RunAsync(
        Run run, Caller caller, ConnectionRef connection, string operation, JsonElement arguments, CancellationToken cancellationToken)
    {
        var resource = await run.Resources.AcquireAsync(connection, caller.Node, cancellationToken);
        return await ToolCall.ObserveAsync(run, caller, $"{connection}.{operation}", arguments, async () =>
        {
            if (operation == Check)
            {
                await resource.CheckAsync(cancellationToken);
                return null;
            }

            var answer = await resource.CallAsync(operation, arguments, cancellationToken);
            caller.Account.Charge(Answers.UsageOf(answer));
            return answer;
        });
    }
}
