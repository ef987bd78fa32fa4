using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class SettlePlanTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };
    private static readonly string Worker = $"Unfence:{Given.WorkerName()}";
    private static readonly string Release = $"Unfence:{Given.ReleaseName()}";
    private static readonly NodeFacts Lost = new(Exists: false, IsOutOfService: false, null);

    [Theory]
    [InlineData("Succeeded", null, "Succeeded", "Normal:Completed", "True/Completed")]
    [InlineData("Failed", "NodeFailed", "Failed", "Warning:NodeFailed", "False/NodeFailed")]
    [InlineData("Failed", null, "Failed", "Warning:Failed", "False/Failed")]
    [InlineData("Failed", "two words; and\nmore", "Failed", "Warning:two words; and\nmore", "False/twowordsandmore")]
    [InlineData("Suspended", null, "Failed", "Warning:Interrupted", "False/Interrupted")]
    [InlineData("Cancelled", null, "Failed", "Warning:PodDeleted", "False/PodDeleted")]
    public void Plan_WorkerHasProvenItsRelease_FinishesInOneTurn(string recorded, string? reason, string phase, string @event, string succeeded)
    {
        var plan = Planner.Plan(Given.Gone(Given.Recorded(recorded, reason: reason?.Replace("\n", "\\n", StringComparison.Ordinal))));

        plan.Text().ShouldBe($"Status:{phase} {@event} {Worker} UnfenceJob DetachFinalizer", "the outcome is in the status before the record may go");
        plan.Is("Succeeded").ShouldBe(succeeded);
        plan.Is("ConnectionsReleased").ShouldBe("True/ReleasedByWorker");
        plan.Status().Connections!.ShouldHaveSingleItem().ShouldBe(new ConnectionUse { Name = "db", Type = "database", Key = "k", Handle = "conn_00000001", State = "Released" });
        plan.Status().CompletionTime.ShouldBe(Given.Now);
        plan.Status().Condition("Reconciling").ShouldBeNull();
    }

    [Theory]
    [InlineData(1, null, null, "WorkerDied", "ended with exit code 1")]
    [InlineData(137, "OOMKilled", null, "OutOfMemory", "more memory than its limit")]
    [InlineData(137, "Error", null, "WorkerDied", "SIGKILL")]
    [InlineData(143, "Error", null, "WorkerDied", "SIGTERM")]
    [InlineData(139, "Error", null, "WorkerDied", "signal 11")]
    [InlineData(128, "StartError", null, "WorkerDied", "exit code 128")]
    [InlineData(137, "Error", "Evicted", "Evicted", "evicted")]
    [InlineData(137, "Error", "DeadlineExceeded", "DeadlineExceeded", "activeDeadlineSeconds")]
    public void Plan_WorkerDiedWithoutARecord_ReleasesThenFails(int exitCode, string? containerReason, string? podReason, string reason, string message)
    {
        var o = Given.Gone(Given.Ended(exitCode, reason: containerReason) with { Reason = podReason });

        var release = Planner.Plan(o);
        release.Text().ShouldBe("Status:Releasing CreateRelease:1");
        release.Is("ConnectionsReleased").ShouldBe("False/Releasing");
        var last = Planner.Plan(o.Then(release) with { Release = Given.ReleasePod(proven: true) });

        last.Text().ShouldBe($"Status:Failed Warning:{reason} {Worker} {Release} UnfenceJob DetachFinalizer");
        last.Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");
        last.Status().Condition("Succeeded")!.Message.ShouldContain(message);
        last.Status().Connections!.ShouldHaveSingleItem().State.ShouldBe("Released");
    }

    [Theory]
    [InlineData("{\"phase\":\"Succeeded\",\"rel", "cut short")]
    [InlineData("panic: out of ideas", "not ours")]
    [InlineData("{\"phase\":\"Glorious\",\"release_proven\":true}", "a phase that there is not")]
    [InlineData("{\"phase\":\"Succeeded\"}", "says nothing of the release")]
    [InlineData("null", "nothing")]
    [InlineData("[]", "another shape")]
    [InlineData("", "empty")]
    public void Plan_RecordCannotBeRead_IsUnproven(string message, string because) =>
        Planner.Plan(Given.Gone(Given.Ended(0, message))).Text().ShouldBe("Status:Releasing CreateRelease:1", because);

    [Fact]
    public void Plan_RecordWithoutProof_ReleasesAndKeepsTheOutcome()
    {
        var o = Given.Gone(Given.Recorded("Succeeded", proven: false));

        var last = Planner.Plan(o.Then(Planner.Plan(o)) with { Release = Given.ReleasePod(proven: true) });

        last.Is("Succeeded").ShouldBe("True/Completed");
        last.Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");
        last.Status().Connections!.ShouldHaveSingleItem().Handle.ShouldBe("conn_00000001");
    }

    [Fact]
    public void Plan_NoConnections_NothingIsReleased()
    {
        var o = Given.Admitted() with { Worker = Given.Worker() };
        o = o.Then(Planner.Plan(o)) with { Worker = Given.Ended(137) };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Failed Warning:WorkerDied {Worker} UnfenceJob DetachFinalizer");
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
    }

    [Fact]
    public void Plan_NodeIsLost_CountsAsGone()
    {
        var o = Given.Running() with { Worker = Given.Worker() with { DeletingSince = Given.Now.AddMinutes(-9) }, Node = Lost };

        var last = Planner.Plan(o.Then(Planner.Plan(o)) with { Release = Given.ReleasePod(proven: true) });

        last.Is("Succeeded").ShouldBe("False/NodeLost");
    }

    [Fact]
    public void Plan_NodeLostWhileThePodWasPending_ItMayHaveRun()
    {
        var o = Given.Admitted(null, "db") with { Worker = Given.NotStarting() with { DeletingSince = Given.Now.AddMinutes(-9) }, Node = Lost };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Releasing CreateRelease:1", "the node had no chance to say that it started it");
        Planner.Plan(o.Then(plan) with { Release = Given.ReleasePod(proven: true) }).Is("Succeeded").ShouldBe("False/NodeLost", "not replaced");
    }

    [Fact]
    public void Plan_DeletedAndProven_LetsGoOfAllAndIsReleased()
    {
        var plan = Planner.Plan(Given.Gone(Given.Recorded("Cancelled")).Deleted());

        plan.Text().ShouldBe($"Status:Running {Worker} UnfenceJob");
        plan.Is("ConnectionsReleased").ShouldBe("True/ReleasedByWorker");
        plan.IsReleased.ShouldBeTrue();
        plan.Status().CompletionTime.ShouldBeNull();
    }

    [Theory]
    [InlineData(true, true, "nothing was done yet")]
    [InlineData(true, false, "the pod has gone")]
    [InlineData(false, false, "the job has gone too")]
    public void Plan_OperatorDiedBetweenProofAndFinalizer_DoesNotReleaseAgain(bool job, bool pod, string because)
    {
        var o = Given.Gone(Given.Recorded("Cancelled")).Deleted();

        var again = Planner.Plan(o.Then(Planner.Plan(o)) with { Worker = pod ? o.Worker : null, Job = job ? Given.Job : null });

        again.IsReleased.ShouldBeTrue(because);
        again.Text().ShouldBe($"{(pod ? $"{Worker} " : "")}UnfenceJob");
    }

    [Theory]
    [InlineData("Suspended", "Suspended", "Unknown/Suspended", "False/AttemptOver")]
    [InlineData("Stopped", "Cancelled", "False/Stopped", "False/WorkerEnded")]
    [InlineData("Terminated", "Cancelled", "False/Terminated", "False/WorkerEnded")]
    public void Plan_DesiredStateEndedIt_EndsAsAsked(string desired, string phase, string succeeded, string podReady)
    {
        var plan = Planner.Plan(Given.Gone(Given.Recorded("Cancelled"), Spec with { DesiredState = desired }));

        plan.Status().Phase.ShouldBe(phase);
        plan.Is("Succeeded").ShouldBe(succeeded);
        plan.Is("PodReady").ShouldBe(podReady);
        plan.Steps.Contains(new DetachFinalizer()).ShouldBe(desired != "Suspended");
        plan.Status().Condition("Stalled").ShouldBeNull("it was wanted");
    }

    [Fact]
    public void Plan_EndedWellBeforeItWasAskedToEnd_Succeeds() =>
        Planner.Plan(Given.Gone(Given.Recorded("Succeeded"), Spec with { DesiredState = "Terminated" })).Is("Succeeded").ShouldBe("True/Completed");

    [Fact]
    public void Plan_StopCauseIsInTheStatus_CountsWhateverDesiredStateSaysNow()
    {
        var o = Given.Running(Spec with { DesiredState = "Terminated" });
        o = o.Then(Planner.Plan(o)).With(s => s with { DesiredState = "Running" }) with { Worker = Given.Recorded("Cancelled") };

        Planner.Plan(o).Is("Succeeded").ShouldBe("False/Terminated");
    }

    [Fact]
    public void Plan_TimedOut_FailsWithThatReason()
    {
        var o = Given.Running(Spec with { Timeouts = new ExecutionTimeouts { Active = "1s" } }).Later(TimeSpan.FromMinutes(1));

        Planner.Plan(o.Then(Planner.Plan(o)) with { Worker = Given.Recorded("Cancelled") }).Is("Succeeded").ShouldBe("False/TimedOut");
    }
}
