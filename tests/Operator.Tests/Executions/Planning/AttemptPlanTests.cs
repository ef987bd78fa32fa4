using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class AttemptPlanTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };
    private static readonly NodeFacts Silent = new(Exists: true, IsOutOfService: false, Given.Now.AddMinutes(-10));
    private static readonly string End = $"End:{Given.WorkerName()}";

    [Fact]
    public void Plan_JobIsThereAndPodIsNot_CreatesThePod() => Planner.Plan(Given.Admitted()).Text().ShouldBe("CreateWorker:1");

    [Fact]
    public void Plan_OperatorDiedBeforeTheJob_WritesTheAdmittedOne()
    {
        var o = Given.Admitted() with { Job = null };

        Planner.Plan(o with { Draft = Given.Draft(o.Execution) }).Text().ShouldBe("CreateJob CreateWorker:1");
        Planner.Plan(o with { Draft = null }).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_OperatorDiedBeforeTheJobAndTheSpecWasEdited_FailsInsteadOfRunningAnother()
    {
        var o = Given.Admitted() with { Job = null };
        o = o.With(s => s with { UserId = "mallory" });

        var plan = Planner.Plan(o with { Draft = Given.Draft(o.Execution) });

        plan.Is("Succeeded").ShouldBe("False/Invalid");
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
        plan.Steps.ShouldNotContain(s => s is CreateWorker);
    }

    [Fact]
    public void Plan_JobsNameWasTakenAtTheCreation_IsNotTakenForAWorkerThatRan()
    {
        var o = Given.Admitted() with { Job = null };
        o = o.With(Statuses.Pending(o, Reasons.JobNameConflict, "taken"));

        Planner.Plan(o with { Draft = Given.Draft(o.Execution) }).Text().ShouldBe("CreateJob CreateWorker:1");
    }

    [Theory]
    [InlineData("Suspended", "Suspended", "Unknown/Suspended")]
    [InlineData("Stopped", "Cancelled", "False/Stopped")]
    [InlineData("Terminated", "Cancelled", "False/Terminated")]
    public void Plan_NotWantedBeforeThePod_NothingIsCreated(string desired, string phase, string succeeded)
    {
        var plan = Planner.Plan(Given.Admitted(Spec with { DesiredState = desired }, "db"));

        plan.Status().Phase.ShouldBe(phase);
        plan.Is("Succeeded").ShouldBe(succeeded);
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
    }

    [Theory]
    [InlineData(null, "0/3 nodes are available: 3 Insufficient cpu.", "Unschedulable", null, "Unschedulable")]
    [InlineData("ErrImagePull", "not found", null, null, "ImageUnavailable")]
    [InlineData("ImagePullBackOff", "Back-off", null, null, "ImageUnavailable")]
    [InlineData("ErrImageNeverPull", "not present", null, null, "ImageUnavailable")]
    [InlineData("InvalidImageName", "bad", null, null, "ImageUnavailable")]
    [InlineData("RegistryUnavailable", "no route", null, null, "ImageUnavailable")]
    [InlineData("ContainerCreating", null, null, "secret \"orders-db\" not found", "CredentialsMissing")]
    [InlineData("CreateContainerConfigError", "runAsNonRoot", null, null, "ContainerNotStarted")]
    [InlineData("CreateContainerError", "runtime", null, null, "ContainerNotStarted")]
    public void Plan_PodDoesNotStart_SaysWhyOnce(string? waiting, string? message, string? unscheduled, string? mountFault, string reason)
    {
        var o = Given.Admitted() with
        {
            Worker = Given.Pending() with
            {
                Waiting = waiting,
                Message = message,
                Unscheduled = unscheduled,
                Node = unscheduled is null ? "node-a" : null,
                MountFault = mountFault,
            },
        };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Pending Warning:{reason}");
        plan.Is("PodReady").ShouldBe($"False/{reason}");
        plan.Status().Condition("PodReady")!.Message.ShouldContain(mountFault ?? message!);
        plan.Again.ShouldBe(TimeSpan.FromSeconds(5));
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Pending");
    }

    [Theory]
    [InlineData("ContainerCreating")]
    [InlineData("PodInitializing")]
    [InlineData(null)]
    public void Plan_PodIsOnItsWay_WritesNothing(string? waiting)
    {
        var plan = Planner.Plan(Given.Admitted() with { Worker = Given.Pending() with { Waiting = waiting } });

        plan.Steps.ShouldBeEmpty();
        plan.Again.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Plan_PodRuns_ConnectionsMayBeOpen()
    {
        var o = Given.Admitted(null, "db") with { Worker = Given.Worker() };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Running Normal:Running");
        plan.Is("PodReady").ShouldBe("True/Running");
        plan.Is("ConnectionsReleased").ShouldBe("False/ConnectionsOpen");
        plan.Status().Connections!.ShouldHaveSingleItem().State.ShouldBe("Open");
        plan.Status().StartTime.ShouldBe(Given.Worker().StartedAt);
        plan.Again.ShouldBeNull();
        StatusText.Of(Planner.Plan(o.Then(plan).Later(TimeSpan.FromSeconds(9))).Status()).ShouldBe(StatusText.Of(plan.Status()), "an unchanged status is not written");
    }

    [Theory]
    [InlineData("Suspended")]
    [InlineData("Terminated")]
    public void Plan_DesiredStateEndsARunningWorker_AsksThePod(string desired)
    {
        var o = Given.Running().With(s => s with { DesiredState = desired });

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Running Normal:{desired} {End}");
        plan.Is("PodReady").ShouldBe($"False/{desired}");
        Planner.Plan(o.Then(plan)).Text().ShouldBe($"Status:Running {End}", "it asks again until the pod is asked, with one event");
    }

    [Fact]
    public void Plan_StoppedWhileRunning_TellsTheWorkerAndLetsItEnd()
    {
        var o = Given.Running().With(s => s with { DesiredState = "Stopped" });

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Running Normal:Stopping TellToStop");
        plan.Is("PodReady").ShouldBe("True/Stopping");
        var told = o.Then(plan) with { Worker = Given.Worker() with { IsToldToStop = true } };
        Planner.Plan(told).Text().ShouldBe("Status:Running");
        Planner.Plan(told.With(s => s with { DesiredState = "Running" })).Is("PodReady").ShouldBe("True/Stopping", "it cannot be taken back");
        Planner.Plan(told.With(s => s with { DesiredState = "Terminated" })).Text().ShouldBe($"Status:Running Normal:Terminated {End}", "now");
        var ended = Planner.Plan(told.With(s => s with { DesiredState = null }) with { Worker = Given.Recorded("Cancelled", reason: "Stopped") });
        ended.Is("Succeeded").ShouldBe("False/Stopped");
        ended.Status().Phase.ShouldBe("Cancelled");
    }

    [Fact]
    public void Plan_StoppedBeforeTheWorkerStarts_IsEndedAtOnce()
    {
        var o = Given.Admitted(Spec with { DesiredState = "Stopped" }) with { Worker = Given.Pending() };
        Planner.Plan(o).Text().ShouldBe($"Status:Pending Normal:Stopped {End}", "no node has run, and nothing needs finally");
    }

    [Fact]
    public void Plan_ReplacedWhileRunning_IsEndedForGood()
    {
        var o = Given.Running(Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 5 } }) with { ReplacedBy = "newer" };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Running Normal:Replaced {End}");
        var after = o.Then(plan) with { ReplacedBy = null, Worker = Given.Recorded("Cancelled") };
        Planner.Plan(after).Is("Succeeded").ShouldBe("False/Replaced", "also when the newer one is gone meanwhile");
    }

    [Fact]
    public void Plan_QueueTime_DoesNotCountAsActive()
    {
        var spec = Spec with { Timeouts = new ExecutionTimeouts { Active = "29s", Queue = "1h" } };
        var o = Given.New(spec) with { Standing = new Standing("ClusterLimit", 1, 1) };
        o = o.Then(Planner.Plan(o)).Later(TimeSpan.FromMinutes(50));
        var waited = o.Then(Planner.Plan(o with { Standing = Standing.Granted })) with { Job = Given.Job, Worker = Given.Worker() with { StartedAt = o.Now, CreatedAt = o.Now } };

        Planner.Plan(waited).Is("PodReady").ShouldBe("True/Running");
        Planner.Plan(waited.Then(Planner.Plan(waited))).Again.ShouldBe(TimeSpan.FromSeconds(64), "all of its active time is left");
    }

    [Fact]
    public void Plan_DeletedWhileRunning_AsksThePodAndKeepsTheFinalizer()
    {
        var plan = Planner.Plan(Given.Running().Deleted());

        plan.Text().ShouldBe($"Status:Running Normal:Deleted {End}");
        plan.IsReleased.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 64, "at its limit, and 35 s for its own release and a spare")]
    [InlineData(64, 0, "its own end is awaited to the last second")]
    public void Plan_WithinTheActiveTime_LooksAgainWhenItIsOver(int later, int left, string because)
    {
        var o = Given.Running(Spec with { Timeouts = new ExecutionTimeouts { Active = "29s" } }).Later(TimeSpan.FromSeconds(later));

        var plan = Planner.Plan(o);

        if (left == 0) plan.Text().ShouldBe($"Status:Running Normal:TimedOut {End}", because);
        else plan.Again.ShouldBe(TimeSpan.FromSeconds(left), because);
    }

    [Theory]
    [InlineData(-7200, "a node whose clock is slow")]
    [InlineData(7200, "a node whose clock is fast")]
    public void Plan_ClockOfTheNodeIsWrong_TimeOutCountsByOurOwn(int skew, string because)
    {
        var spec = Spec with { Timeouts = new ExecutionTimeouts { Active = "29s" } };
        var o = Given.Admitted(spec, "db") with { Worker = Given.Worker() with { StartedAt = Given.Now.AddSeconds(skew) } };

        var first = Planner.Plan(o);
        first.Is("PodReady").ShouldBe("True/Running", because);
        var running = o.Then(first);
        Planner.Plan(running.Later(TimeSpan.FromSeconds(63))).Is("PodReady").ShouldBe("True/Running", because);
        Planner.Plan(running.Later(TimeSpan.FromSeconds(64))).Is("PodReady").ShouldBe("False/TimedOut", because);
    }

    [Fact]
    public void Plan_ImmutableFieldEdited_SaysSoOnceAndGoesOn()
    {
        var o = Given.Running().With(s => s with { UserId = "mallory" });

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Running Warning:ImmutableFieldEdited");
        plan.Is("SpecDrift").ShouldBe("True/ImmutableFieldEdited");
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Running");
        Planner.Plan(o.Then(plan).With(s => s with { UserId = null })).Is("SpecDrift").ShouldBe("", "taken back");
    }

    [Theory]
    [InlineData("Evicted", "False/Evicted")]
    [InlineData("DeadlineExceeded", "False/DeadlineExceeded")]
    [InlineData("OutOfephemeral-storage", "False/OutOfephemeralstorage")]
    [InlineData(null, "False/WorkerEnded")]
    public void Plan_PodIsOverWithoutAnEndOfItsContainer_IsDeletedSoThatTheKubeletConfirms(string? reason, string expected)
    {
        var worker = Given.Worker() with { Phase = "Failed", Reason = reason, IsRunning = reason == "DeadlineExceeded" };

        var plan = Planner.Plan(Given.Running() with { Worker = worker });

        plan.Steps.ShouldContain(new EndPod(Given.WorkerName()));
        plan.Is("PodReady").ShouldBe(expected, "a reason is CamelCase, whatever the kubelet says");
        Planner.Plan(Given.Running().Then(plan) with { Worker = worker with { DeletingSince = Given.Now } })
            .Steps.ShouldBeEmpty("nobody else deleted it");
    }

    [Fact]
    public void Plan_PodDeletedBySomebodyElse_SaysSo()
    {
        var o = Given.Running() with { Worker = Given.Worker() with { DeletingSince = Given.Now } };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Running Normal:PodDeleted");
        Planner.Plan(o.Then(plan)).Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(44, false, "within grace and margin")]
    [InlineData(46, true, "beyond them")]
    public void Plan_NodeDoesNotAnswer_WorkerIsUnreachableAndNothingIsReleased(int since, bool unreachable, string because)
    {
        var o = Given.Running() with { Worker = Given.Worker() with { DeletingSince = Given.Now.AddSeconds(-since) }, Node = Silent };

        var plan = Planner.Plan(o);

        plan.Is("PodReady").ShouldBe(unreachable ? "False/WorkerUnreachable" : "False/PodDeleted", because);
        plan.Steps.ShouldNotContain(s => s is CreateRelease);
        if (unreachable) plan.Status().Condition("PodReady")!.Message.ShouldContain("node.kubernetes.io/out-of-service");
    }

    [Fact]
    public void Plan_NodeComesBack_ReasonIsTheCauseAgain()
    {
        var o = Given.Running().With(s => s with { DesiredState = "Terminated" }) with
        {
            Worker = Given.Worker() with { DeletingSince = Given.Now.AddMinutes(-5) },
            Node = Silent,
        };

        var plan = Planner.Plan(o.Then(Planner.Plan(o)) with { Node = Silent with { RenewedAt = Given.Now } });

        plan.Is("PodReady").ShouldBe("False/Terminated");
    }

    [Fact]
    public void Plan_PodWithOurNameOfSomebodyElse_IsNeitherAdoptedNorDeleted()
    {
        var o = Given.Admitted() with { Worker = Given.Worker() with { IsOurs = false } };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Pending Warning:PodNameConflict");
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Pending");
        Planner.Plan(o.Then(plan) with { Worker = null }).Text().ShouldBe("CreateWorker:1", "it goes on when the name is free");
    }

    [Fact]
    public void Plan_NameConflictAndDeleted_DoesNotHang()
    {
        var o = Given.Admitted() with { Worker = Given.Worker() with { IsOurs = false } };

        Planner.Plan(o.Then(Planner.Plan(o)).Deleted()).IsReleased.ShouldBeTrue();
        Planner.Plan(o.Then(Planner.Plan(o)).With(s => s with { DesiredState = "Terminated" })).Is("Succeeded").ShouldBe("False/Terminated");
    }

    [Fact]
    public void Plan_ForeignPodTookTheNameOfOurs_IsVanishedNotConflict() =>
        Planner.Plan(Given.Running() with { Worker = Given.Worker() with { IsOurs = false } }).Is("PodReady").ShouldBe("False/WorkerVanished");

    [Fact]
    public void Plan_PodVanished_WaitsForItsKubeletThenReleasesAndNeverRunsAgain()
    {
        var o = Given.Running(Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 5 } }) with { Worker = null };

        var first = Planner.Plan(o);
        first.Text().ShouldBe("Status:Running Warning:WorkerVanished");
        first.Again.ShouldBe(TimeSpan.FromSeconds(45), "grace, spare and margin");
        o = o.Then(first).Later(TimeSpan.FromSeconds(44));
        Planner.Plan(o).Text().ShouldBe("Status:Running", "a missing object alone proves nothing");
        o = o.Later(TimeSpan.FromSeconds(1));
        var release = Planner.Plan(o);
        release.Text().ShouldBe("Status:Releasing CreateRelease:1");
        var last = Planner.Plan(o.Then(release) with { Release = Given.ReleasePod(proven: true) });
        last.Is("Succeeded").ShouldBe("False/WorkerVanished");
        last.Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");
    }

    [Fact]
    public void Plan_ConditionsTakenAwayByHand_NeverCreatesAnotherPod()
    {
        var o = Given.Admitted();
        o = o.With(o.Status with { Conditions = null });

        Planner.Plan(o).Steps.ShouldNotContain(s => s is CreateWorker);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Plan_AttemptEditedByHand_DoesNotThrow(int attempt)
    {
        var o = Given.Gone(Given.Ended(137), Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 3 } });
        o = o.With(o.Status with { Attempt = attempt, Connections = [] });

        var over = Planner.Plan(o);

        Should.NotThrow(() => Planner.Plan(o.Then(over)));
    }
}
