using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Nodes;

/// <summary>Runs one visit of a node: guard, events, tries, the entry in the result.</summary>
internal sealed class NodeRunner(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node)
    {
        if (run.SoftStop.Refuses()) return NodeOutcome.Of(SoftStop.Failure);
        if (!run.Visits.TryAdd())
        {
            return NodeOutcome.Of(new NodeFailure(
                NodeFailure.ActionError, $"Max iterations ({run.Visits.Limit}) exceeded. Possible infinite loop.", Retryable: false));
        }

        using var span = NodeSpan.Start(branch, node);
        branch.CountVisit(node.Name);
        run.Journal.NodeStarted(node.Name, node.Type, branch.Name);
        var startedAt = run.Clock.GetUtcNow();
        var started = run.Clock.GetTimestamp();
        var (tries, before, outer) = (0, branch.State, branch.Account);
        var account = branch.Account = new Account(run.Spending);
        var outcome = await Retrying.RunAsync(
            node.Retry, run.Clock, o => o.Failure, _ => TryAsync(branch, node, before, ++tries), _ => NodeOutcome.Of(branch.Stop.Reason), branch.Stop.Token);
        branch.Account = outer;
        NodeSpan.End(span, outcome.Failure);
        run.Journal.NodeEnded(new NodeResult
        {
            Name = node.Name,
            Branch = branch.Name,
            Status = StatusOf(outcome),
            StartedAt = startedAt,
            DurationMs = run.Clock.GetElapsedTime(started).TotalMilliseconds,
            Error = outcome.Failure?.Message,
            ErrorType = outcome.Failure?.Type,
            RetryCount = Math.Max(0, tries - 1),
            Usage = account.Used,
        });
        return outcome;
    }

    /// <summary>One try. Failures that a node may have become values; anything else is a fault of ours and travels on.</summary>
    private async Task<NodeOutcome> TryAsync(Branch branch, Node node, State before, int attempt)
    {
        branch.State = before;
        if (attempt > 1) run.Journal.Emit("node_retry", node.Name, branch.Name, ("try", Json.Of(attempt)));
        using var limit = TimeLimit.Of(branch, node);
        try
        {
            var outcome = await WorkAsync(branch, node, limit);
            return branch.Account.Refusal is { } refusal ? NodeOutcome.Of(refusal) : outcome;
        }
        catch (NodeFailureException e)
        {
            return NodeOutcome.Of(limit.Reason ?? new NodeFailure(e.ErrorType, e.Message, e.Retryable));
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return NodeOutcome.Of(limit.Passed);
        }
    }

    private Task<NodeOutcome> WorkAsync(Branch branch, Node node, TimeLimit limit) => node.Work switch
    {
        LuaWork lua => Script.RunAsync(run, branch, node.Name, new LuaScript(node.Name, lua.Code), limit),
        ExpressionWork expression => Script.EvaluateAsync(run, branch, node.Name, expression.Expression, limit),
        QueryWork query => new QueryNode(run).RunAsync(branch, node, query, limit),
        PromptWork prompt => new PromptNode(run).RunAsync(branch, node, prompt, limit),
        TemplateWork template => Templates.RenderAsync(run, branch, node.Name, template.Template, limit),
        HttpWork http => new HttpNode(run).RunAsync(branch, node, http, limit),
        ActionWork action => new ActionNode(run).RunAsync(branch, node, action, limit),
        LoopWork loop => new LoopNode(run, this).RunAsync(branch, node, loop, limit),
        FanOutWork fanOut => new FanOutNode(run, this).RunAsync(branch, node, fanOut, limit),
        _ => throw new InvalidOperationException($"No runner for {node.Work.GetType().Name}."),
    };

    private static NodeStatus StatusOf(NodeOutcome outcome) => outcome.Failure switch
    {
        null => NodeStatus.Succeeded,
        { Type: NodeFailure.Cancelled or NodeFailure.Stopped } => NodeStatus.Cancelled,
        _ => NodeStatus.Failed,
    };
}
