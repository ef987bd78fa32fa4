using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class NextAttemptTests
{
    private static readonly WorkflowExecutionSpec Restart = new()
    {
        Workflow = Given.Workflow,
        RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 2, Backoff = "20s" },
    };

    [Theory]
    [InlineData(null, 5, "Failed", "the default runs at most once")]
    [InlineData("Fail", 5, "Failed", "asked for")]
    [InlineData("Restart", null, "Failed", "one attempt is the default")]
    [InlineData("Restart", 1, "Failed", "that was it")]
    [InlineData("Restart", 2, "Pending", "one more")]
    public void Plan_WorkerDied_PolicyDecides(string? onPodFailure, int? most, string phase, string because) =>
        Died(Restart with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = onPodFailure, MaxAttempts = most } }).Status().Phase.ShouldBe(phase, because);

    [Fact]
    public void Plan_Restart_CountsToTheLastAttempt()
    {
        var plan = Died(Restart);

        plan.Text().ShouldBe($"Status:Pending Warning:WorkerDied Unfence:{Given.WorkerName()} Unfence:{Given.ReleaseName()}");
        plan.Is("PodReady").ShouldBe("False/AttemptOver");
        plan.Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag", "N+1 begins when N is fenced and released");
        plan.Status().Condition("Succeeded")!.Message.ShouldEndWith("Attempt 2 of 2 follows, from the first node.");
        Died(Restart, attempt: 2).Status().Phase.ShouldBe("Failed");
        Died(Restart, attempt: 2, replaced: 1).Status().Phase.ShouldBe("Pending", "a worker that never started is no attempt");
    }

    [Theory]
    [InlineData("Succeeded", "True/Completed")]
    [InlineData("Failed", "False/Failed")]
    public void Plan_WorkerReachedAnEnd_IsNeverRunAgain(string recorded, string succeeded) =>
        Planner.Plan(Given.Gone(Given.Recorded(recorded), Restart)).Is("Succeeded").ShouldBe(succeeded, "only lost workers are replaced");

    [Fact]
    public void Plan_BetweenAttempts_WaitsForTheBackoffThenBegins()
    {
        var o = Over(Restart);

        var wait = Planner.Plan(o.Later(TimeSpan.FromSeconds(5)));
        wait.Steps.ShouldBeEmpty();
        wait.Again.ShouldBe(TimeSpan.FromSeconds(15));
        var next = Planner.Plan(o.Later(TimeSpan.FromSeconds(20)));
        next.Text().ShouldBe("Status:Pending CreateWorker:2 Normal:Restarting", "the attempt is in the status before its pod");
        next.Status().Attempt.ShouldBe(2);
        next.Status().Connections!.ShouldAllBe(c => c.State == "NotOpened");
        Planner.Plan(o.Then(next)).Text().ShouldBe("CreateWorker:2", "the operator died before the pod");
    }

    [Fact]
    public void Plan_JobWasNotRead_TheNextLookCreatesThePod()
    {
        var next = Planner.Plan((Over(Restart) with { Job = null }).Later(TimeSpan.FromMinutes(1)));

        next.Text().ShouldBe("Status:Pending Normal:Restarting");
        next.Again.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Plan_OperatorDiedBeforeItLetThePodGo_LetsItGo()
    {
        var plan = Planner.Plan(Over(Restart) with { Worker = Given.Ended(137), Release = Given.ReleasePod(proven: true) });

        plan.Text().ShouldBe($"Unfence:{Given.WorkerName()} Unfence:{Given.ReleaseName()}");
    }

    [Theory]
    [InlineData(0, "Pending", 1)]
    [InlineData(4, "Pending", 5)]
    [InlineData(5, "Failed", 5)]
    public void Plan_WorkerNeverStarted_IsReplacedAtMostFiveTimes(int replaced, string phase, int after)
    {
        var o = Given.Admitted(null, "db") with { Worker = Given.Pending() with { Node = null, DeletingSince = Given.Now } };
        o = o.With(o.Status with { Replaced = replaced });

        var plan = Planner.Plan(o);

        plan.Status().Phase.ShouldBe(phase);
        (plan.Status().Replaced ?? 0).ShouldBe(after);
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened", "it needs no release pod");
    }

    [Theory]
    [InlineData(null, false, "its kubelet had not said a word")]
    [InlineData("ContainerCreating", false, "its kubelet may have started it and not said so")]
    [InlineData("ImagePullBackOff", true, "the image came at last, and the event says that it ran")]
    public void Plan_PodTakenAwayWhileItMayHaveRun_IsReleasedAndNotReplaced(string? waiting, bool started, string because)
    {
        var taken = Given.Pending() with { Waiting = waiting, WasStarted = started, IsGraceOver = true, DeletingSince = Given.Now.AddMinutes(-1) };
        var o = Given.Admitted(null, "db") with { Worker = taken, Node = new NodeFacts(Exists: true, IsOutOfService: false, Given.Now) };

        var release = Planner.Plan(o);
        release.Text().ShouldBe("Status:Releasing CreateRelease:1", because);
        var last = Planner.Plan(o.Then(release) with { Release = Given.ReleasePod(proven: true) });

        last.Is("Succeeded").ShouldBe("False/WorkerDied", because);
        last.Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");
        (last.Status().Replaced ?? 0).ShouldBe(0);
    }

    [Theory]
    [InlineData("Suspended", "", "", false)]
    [InlineData("Running", "Status:Pending CreateWorker:2 Normal:Restarting", "Unknown/InProgress", false)]
    [InlineData("Stopped", "Status:Cancelled UnfenceJob DetachFinalizer", "False/Stopped", false)]
    [InlineData("Terminated", "Status:Cancelled UnfenceJob DetachFinalizer", "False/Terminated", false)]
    [InlineData("Suspended", "UnfenceJob", "", true)]
    public void Plan_Suspended_DesiredStateDecides(string desired, string expected, string succeeded, bool deleted)
    {
        var o = Given.Gone(Given.Recorded("Cancelled"), Restart with { DesiredState = "Suspended", RetryPolicy = null });
        o = (o.Then(Planner.Plan(o)) with { Worker = null }).With(s => s with { DesiredState = desired });
        o.Status.Says("Admitted").ShouldBe("False/Suspended", "its slot is given back");
        o.Status.Phase.ShouldBe("Suspended");
        if (deleted) o = o.Deleted();

        var plan = Planner.Plan(o with { Standing = Standing.Granted });

        plan.Text().ShouldBe(expected);
        plan.IsReleased.ShouldBe(deleted);
        if (succeeded.Length > 0) plan.Is("Succeeded").ShouldBe(succeeded);
    }

    [Fact]
    public void Plan_RunningAgainAndNoSlotIsFree_QueuesLikeAnyOther()
    {
        var o = Given.Gone(Given.Recorded("Cancelled"), Restart with { DesiredState = "Suspended", RetryPolicy = null });
        o = (o.Then(Planner.Plan(o)) with { Worker = null }).With(s => s with { DesiredState = "Running" }) with { Standing = new Standing("ClusterLimit", 3, 9) };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Waiting");
        plan.Is("Admitted").ShouldBe("False/ClusterLimit");
        o = o.Then(plan);
        Planner.Plan(o with { Standing = new Standing("ClusterLimit", 2, 9) }).Steps.ShouldBeEmpty("it is told well enough");
        Planner.Plan(o with { Standing = null }).Steps.ShouldBeEmpty("without a slot nothing begins");
        var next = Planner.Plan(o with { Standing = Standing.Granted });
        next.Text().ShouldBe("Status:Pending CreateWorker:2 Normal:Restarting");
        next.Is("Admitted").ShouldBe("True/JobFixed");
        Planner.Plan(o.With(s => s with { DesiredState = "Suspended" })).Text().ShouldBe("Status:Suspended");
    }

    [Fact]
    public void Plan_RetryUnderWay_KeepsItsSlot() => Over(Restart).Status.Says("Admitted").ShouldBe("True/JobFixed");

    [Fact]
    public void Plan_SuspendedBetweenTwoAttempts_GivesItsSlotBack()
    {
        var o = Over(Restart).With(s => s with { DesiredState = "Suspended" });
        var plan = Planner.Plan(o);
        plan.Text().ShouldBe("Status:Suspended");
        plan.Is("Admitted").ShouldBe("False/Suspended");
        Planner.Plan(o.Then(plan)).Steps.ShouldBeEmpty();
    }

    /// <summary>Settled and let go; the next attempt follows.</summary>
    private static Observed Over(WorkflowExecutionSpec spec)
    {
        var o = Given.Gone(Given.Ended(137), spec);
        o = o.Then(Planner.Plan(o)) with { Release = Given.ReleasePod(proven: true) };
        return o.Then(Planner.Plan(o)) with { Worker = null, Release = null };
    }

    private static Plan Died(WorkflowExecutionSpec spec, int attempt = 1, int replaced = 0)
    {
        var o = Given.Gone(Given.Ended(137), spec);
        o = o.With(o.Status with { Attempt = attempt, Replaced = replaced });
        return Planner.Plan(o.Then(Planner.Plan(o)) with { Release = Given.ReleasePod(proven: true) });
    }
}
