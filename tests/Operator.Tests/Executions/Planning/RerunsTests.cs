using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class RerunsTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow, RerunToken = "one" };

    [Fact]
    public void Plan_TokenOfTheCreation_IsNoRerun()
    {
        var o = Finished(Spec);
        o.Status.RerunToken.ShouldBe("one");
        o.IsRerunWanted.ShouldBeFalse();
        Planner.Plan(o).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_TokenChanged_IsHeldAgainThenQueuesWithTheSameJob()
    {
        var o = Finished(Spec).With(s => s with { RerunToken = "two" });

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("AttachFinalizer FenceJob Status:Waiting Normal:Rerun", "it is held before its status says that it goes on");
        var status = plan.Status();
        status.CompletionTime.ShouldBeNull();
        status.Says("Succeeded").ShouldBe("Unknown/Rerun");
        status.Says("Admitted").ShouldBe("False/Rerun");
        status.FirstAttempt.ShouldBe(2);
        status.PastRuns!.ShouldHaveSingleItem().ShouldBe(new PastRun
        {
            Attempt = 1,
            Phase = "Failed",
            Reason = "Failed",
            Message = "The workflow failed.",
            StartTime = o.Status.StartTime,
            CompletionTime = o.Status.CompletionTime,
        });
        var next = o.Then(plan) with { Standing = Standing.Granted };
        next.IsBetweenRuns.ShouldBeTrue();
        Planner.Plan(next).Text().ShouldBe("Status:Pending CreateWorker:2 Normal:Restarting");
    }

    [Fact]
    public void Plan_SeveralReruns_TheLastFiveAreRemembered()
    {
        var o = Finished(Spec);
        for (var run = 0; run < 8; run++)
        {
            o = o.With(s => s with { RerunToken = $"again {run}" });
            o = o.Then(Planner.Plan(o));
            o = o.With(o.Status with { CompletionTime = Given.Now, Phase = "Failed", Attempt = run + 2 });
        }

        o.Status.PastRuns!.Select(r => r.Attempt).ShouldBe([8, 7, 6, 5, 4]);
    }

    [Theory]
    [InlineData("", "taken away")]
    [InlineData(null, "taken away")]
    [InlineData("one", "the same")]
    public void Plan_NoNewToken_RunsNothing(string? token, string because) =>
        Planner.Plan(Finished(Spec).With(s => s with { RerunToken = token })).Text().ShouldBe("", because);

    [Fact]
    public void Plan_JobIsGone_SaysSoOnce()
    {
        var o = Finished(Spec).With(s => s with { RerunToken = "two" }) with { Job = null };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Failed Warning:RerunRefused");
        Planner.Plan(o.Then(plan)).Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Terminated")]
    [InlineData("Suspended")]
    public void Plan_NotWanted_RunsNothing(string desired) =>
        Finished(Spec).With(s => s with { RerunToken = "two", DesiredState = desired }).IsRerunWanted.ShouldBeFalse();

    [Fact]
    public void Plan_StatusOfAnOlderOperator_TakesTheTokenAsKnown()
    {
        var o = Finished(Spec);
        o = o.With(o.Status with { RerunToken = null, ObservedGeneration = 0 });
        var plan = Planner.Plan(o);
        plan.Text().ShouldBe("Status:Failed");
        plan.Status().RerunToken.ShouldBe("one", "who cannot tell runs nothing a second time");
    }

    [Fact]
    public void Plan_NeverAdmitted_IsJudgedAnew()
    {
        var o = Given.New(Spec with { Timeouts = new ExecutionTimeouts { Queue = "1s" } });
        o = o.Then(Planner.Plan(o)).With(s => s with { RerunToken = "two" });
        o.Status.Phase.ShouldBe("Failed");

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Waiting Normal:Rerun", "there is nothing to hold");
        Planner.Plan(o.Then(plan)).Text().ShouldBe("AttachFinalizer Status:Pending CreateJob CreateWorker:1", "its queue time begins anew");
    }

    [Fact]
    public void Plan_WorkerDiesInTheSecondRun_PolicyCountsFromItsFirstAttempt()
    {
        var restart = Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 2 } };
        var o = Given.Gone(Given.Ended(137), restart);
        o = o.With(o.Status with { Attempt = 4, FirstAttempt = 4, Connections = null });
        Planner.Plan(o).Status().Phase.ShouldBe("Pending", "one of two");
        Planner.Plan(o.With(o.Status with { Attempt = 5 })).Status().Phase.ShouldBe("Failed");
    }

    private static Observed Finished(WorkflowExecutionSpec spec)
    {
        var o = Given.Gone(Given.Recorded("Failed"), spec);
        return o.Then(Planner.Plan(o)) with { Worker = null, Job = Given.Job };
    }
}
