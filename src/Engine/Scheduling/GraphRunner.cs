using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions.Web;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Runs the graph of either dialect under the execution's time-out, then <c>finally</c>.</summary>
internal sealed class GraphRunner(WorkflowLimits limits, Journal journal, TimeProvider clock, EngineParts parts, CancellationToken softStop)
{
    /// <summary>Wall time of <c>finally</c>, whatever the execution's own time-out left.</summary>
    private static readonly TimeSpan FinallyBudget = TimeSpan.FromSeconds(30);

    public async Task<GraphEnd> RunAsync(Workflow workflow, Job job, ResourcePool resources, CancellationToken cancellationToken)
    {
        using var workers = new LuaWorkers(workflow.Settings.MaxWorkers ?? limits.MaxWorkers);
        using var web = new PlainWeb(job.PlainHttp, clock);
        var run = new Run
        {
            Workflow = workflow,
            Job = job,
            Resources = resources,
            Parts = parts,
            Journal = journal,
            Workers = workers,
            Memory = new LuaMemoryBudget(limits.MemoryBudget),
            MemoryPerVm = limits.MemoryPerVm,
            Visits = new Visits(workflow.Settings.MaxIterations),
            Circuits = new Circuits(clock),
            PrintLog = new PrintLog(journal),
            Web = web,
            Spending = new Spending(workflow.Settings.Budget),
            SoftStop = new SoftStop(softStop),
            Clock = clock,
        };
        if (!limits.LuaEnabled && workflow.AllNodes().FirstOrDefault(n => n.Work is LuaWork { Code.Length: > 0 }) is { } script)
            return Refused(run, $"Node '{script.Name}' is a script, and scripts are switched off here.");
        var end = await WalkAsync(run, InputOf(workflow, job), job.Timeout, cancellationToken);
        // A section that goes on without its failed branches has an end, but not all that had to run has run.
        if (end.Failure is null && run.SoftStop.HasRefused) end = end with { Failure = SoftStop.Failure, Reason = NodeFailure.Stopped };
        return workflow.Finally.Count == 0 || end.Failure is { Type: NodeFailure.Cancelled or NodeFailure.Interrupt }
            ? end
            : await FinallyAsync(run, end, cancellationToken);
    }

    private static GraphEnd Refused(Run run, string why) =>
        new(InputOf(run.Workflow, run.Job), new NodeFailure(NodeFailure.ActionError, why, Retryable: false), "LuaDisabled") { Spending = run.Spending };

    private static State InputOf(Workflow workflow, Job job) =>
        (job.Resume is { } checkpoint ? State.Empty.With(Json.Fields(checkpoint.State)) : State.Empty.With(workflow.InitialState)).With(Json.Fields(job.Inputs));

    private static async Task<GraphEnd> WalkAsync(Run run, State input, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var stop = new StopSource(parent: null, cancellationToken);
        using var timer = stop.StopAfter(timeout, run.Clock, new NodeFailure(
            NodeFailure.TimeoutError, $"The execution's time of {timeout?.TotalSeconds:0.###} s has passed.", Retryable: false));
        var state = input;
        NodeFailure? failure;
        try
        {
            if (run.Job.EagerLoading) await run.Resources.OpenAllAsync(stop.Token);
            (state, failure) = run.Workflow.Dialect == Dialect.StateGraph
                ? await WalkStateGraphAsync(run, input, stop)
                : await WalkDependencyGraphAsync(run, input, stop);
        }
        catch (NodeFailureException e)
        {
            failure = new NodeFailure(e.ErrorType, e.Message, e.Retryable);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            failure = stop.Reason;
        }

        return new GraphEnd(state, failure, ReasonOf(failure, timedOut: stop.Token.IsCancellationRequested)) { Spending = run.Spending };
    }

    private static async Task<(State State, NodeFailure? Failure)> WalkStateGraphAsync(Run run, State input, StopSource stop)
    {
        using var trunk = new Branch(run, name: null, input, stop);
        var graph = new StateGraph(run, run.Workflow);
        var failure = run.Job.Resume is { } checkpoint
            ? await graph.ResumeAsync(trunk, checkpoint.Node, checkpoint.After)
            : await graph.RunAsync(trunk);
        return (trunk.State, failure);
    }

    private static async Task<(State State, NodeFailure? Failure)> WalkDependencyGraphAsync(Run run, State input, StopSource stop)
    {
        var graph = new DependencyGraph(run);
        var failure = await graph.RunAsync(input, stop);
        return (graph.State, failure);
    }

    private static async Task<GraphEnd> FinallyAsync(Run run, GraphEnd end, CancellationToken cancellationToken)
    {
        using var stop = new StopSource(parent: null, cancellationToken);
        using var timer = stop.StopAfter(FinallyBudget, run.Clock, new NodeFailure(
            NodeFailure.TimeoutError, $"finally: its time of {FinallyBudget.TotalSeconds} s has passed.", Retryable: false));
        var state = end.Failure is { } cause ? ErrorState.Of(end.State, node: null, cause) : end.State;
        var own = run with { Visits = new Visits(run.Visits.Limit), Spending = run.Spending.Unlimited(), SoftStop = new SoftStop(CancellationToken.None) };
        using var branch = new Branch(own, name: null, state, stop);
        var failure = await new Sequence(new NodeRunner(own)).RunAsync(branch, run.Workflow.Finally);
        var ended = end with { State = branch.State };
        return failure is null || end.Failure is not null ? ended : ended with { Failure = failure, Reason = "FinallyFailed" };
    }

    private static string? ReasonOf(NodeFailure? failure, bool timedOut) => failure switch
    {
        null => null,
        { Type: NodeFailure.Cancelled } => "Cancelled",
        { Type: NodeFailure.Stopped } => "Stopped",
        { Type: NodeFailure.Interrupt } => "Interrupted",
        { Type: NodeFailure.CostError } => "BudgetExceeded",
        { Type: NodeFailure.TimeoutError } when timedOut => "TimedOut",
        _ => "NodeFailed",
    };
}
