using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Lua;

namespace Bulkhead.Worker;

/// <summary>
/// Takes a job through the stages: structure -> compile -> context -> budget -> run. No external system is touched before the last one, and the
/// first stage that finds faults ends the job with all of its faults.
/// </summary>
internal sealed class JobRunner(ContractDirectory directory, IExecutionEvents events, TimeProvider clock)
{
    private readonly DriverRegistry _drivers = DriverRegistry.BuiltIn;

    /// <param name="job">What to run.</param>
    /// <param name="softStop">No other node starts.</param>
    /// <param name="stop">Cancels the run.</param>
    public async Task<ExecutionResult> RunAsync(Job job, CancellationToken softStop, CancellationToken stop)
    {
        var loaded = WorkflowLoader.Load(job.Workflow);
        if (loaded.Workflow is not { } workflow) return Refused(job, loaded.Problems);
        if (ScriptCheck.Problems(workflow) is { Count: > 0 } scripts) return Refused(job, scripts);
        if (ContextProblems(job, workflow) is { Count: > 0 } context) return Refused(job, context);
        if (BudgetCheck.Check(workflow, job.TenantId, job.Connections) is { Count: > 0 } cost) return Refused(job, cost);

        var host = new LocalHost(new WorkflowLimits(), _drivers, directory.ReadCredentials, clock) { SoftStop = softStop };
        await using var factory = new ExecutionEngineFactory(new SilentBridge(), host, options: null, clock);
        await using var scope = await factory.OpenScopeAsync(UserExecutionContext.Create(ContextFields.Of(job), clock), CancellationToken.None);
        return await scope.Engine.RunAsync(workflow, job, events, stop);
    }

    private List<Problem> ContextProblems(Job job, Workflow workflow)
    {
        var check = ContextCheck.Check(new ContextRequest
        {
            Workflow = workflow,
            TenantId = job.TenantId,
            UserId = job.UserId,
            Connections = job.Connections,
            DriverTypes = _drivers.Types,
        });
        return
        [
            .. check.Problems,
            .. job.Connections.SelectMany(c => _drivers.Find(c.Type)?.Validate(c) ?? []),
            .. Checkpoints.Check(job),
        ];
    }

    private static ExecutionResult Refused(Job job, IReadOnlyList<Problem> problems) => new()
    {
        Phase = ExecutionPhase.Failed,
        Reason = "Invalid",
        Message = $"The job has {problems.Count} fault{(problems.Count == 1 ? "" : "s")}; nothing was run.",
        ExecutionId = job.ExecutionId,
        TenantId = job.TenantId,
        Attempt = job.Attempt,
        Problems = problems,
    };
}
