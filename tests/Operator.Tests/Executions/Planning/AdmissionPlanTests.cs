using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class AdmissionPlanTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };

    [Fact]
    public void Plan_ValidSpec_FinalizerThenStatusThenJobThenPod()
    {
        var plan = Planner.Plan(Given.New());

        plan.Text().ShouldBe("AttachFinalizer Status:Pending CreateJob CreateWorker:1", "each is there before what depends on it");
        plan.Is("Admitted").ShouldBe("True/JobFixed");
        plan.Is("Succeeded").ShouldBe("Unknown/InProgress");
        plan.Status().SpecHash.ShouldBe(SpecHash.Of(Spec));
        plan.Status().JobHash.ShouldBe(Given.New().Draft!.Hash, "what has the job's name must be the job");
        plan.Status().Attempt.ShouldBe(1);
        plan.Status().Nodes!.Total.ShouldBe(1);
        plan.Status().ExecutionId.ShouldBe($"exec_{Given.Uid}");
    }

    [Theory]
    [InlineData("WORKFLOW_NOT_FOUND", "WorkflowMissing")]
    [InlineData("UNKNOWN_CONNECTION", "ConnectionMissing")]
    [InlineData("INACTIVE_CONNECTION", "ConnectionMissing")]
    public void Plan_SomethingIsNotThereYet_WaitsVisibly(string code, string reason)
    {
        var o = Given.New() with { Draft = Refused(code) };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Waiting Normal:{reason}");
        plan.Is("Admitted").ShouldBe($"False/{reason}");
        plan.Again.ShouldBe(TimeSpan.FromSeconds(30), "a wake-up may be lost");
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Waiting", "an event once for each change");
    }

    [Fact]
    public void Plan_ConfigMapOfSomebodyElseHasTheJobsName_WaitsAndRunsNothing()
    {
        var o = Given.New() with { Draft = null, IsJobNameTaken = true };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Waiting Normal:JobNameConflict");
        plan.Status().JobHash.ShouldBeNull();
        plan.Again.ShouldBe(TimeSpan.FromSeconds(30));
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Waiting");
        Planner.Plan(Given.New().Then(plan)).Steps.ShouldContain(new CreateJob(), "it goes on when the name is free");
        Planner.Plan(o.Deleted()).IsReleased.ShouldBeTrue();
    }

    [Theory]
    [InlineData("CYCLE_DETECTED", "Invalid")]
    [InlineData("JOB_TOO_LARGE", "JobTooLarge")]
    public void Plan_FaultOfTheSpec_EndsItWithoutAFinalizer(string code, string reason)
    {
        var plan = Planner.Plan(Given.New() with { Draft = Refused(code, "UNKNOWN_CONNECTION") });

        plan.Text().ShouldBe($"Status:Failed Warning:{reason}");
        plan.Is("Succeeded").ShouldBe($"False/{reason}");
        plan.Is("Stalled").ShouldBe($"True/{reason}");
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
        plan.Status().Conditions!.Single(c => c.Type == "Succeeded").Message.ShouldContain($"STRUCTURAL_ERROR {code} at spec.x: wrong");
        plan.Status().CompletionTime.ShouldBe(Given.Now);
        plan.Status().SpecHash.ShouldBeNull();
    }

    [Theory]
    [InlineData("Suspended", "Status:Suspended Normal:NotWanted")]
    [InlineData("Stopped", "Status:Cancelled Warning:NotWanted")]
    [InlineData("Terminated", "Status:Cancelled Warning:NotWanted")]
    public void Plan_NotWantedBeforeItsStart_NothingIsCreated(string desired, string expected) =>
        Planner.Plan(Given.New(Spec with { DesiredState = desired })).Text().ShouldBe(expected);

    [Fact]
    public void Plan_SuspendedThenRunning_IsAdmitted()
    {
        var o = Given.New(Spec with { DesiredState = "Suspended" });

        var plan = Planner.Plan(o.Then(Planner.Plan(o)).With(s => s with { DesiredState = "Running" }));

        plan.Text().ShouldBe("AttachFinalizer Status:Pending CreateJob CreateWorker:1");
    }

    [Fact]
    public void Plan_NoSlotIsFree_WaitsAndSaysWhere()
    {
        var o = Given.New(Spec with { UserId = "alice", Timeouts = new ExecutionTimeouts { Queue = "2m" } }) with { Standing = new Standing("UserLimit", 12, 40) };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Waiting", "an event for each of thousands would tell nothing more");
        plan.Is("Admitted").ShouldBe("False/UserLimit");
        plan.Status().Condition("Admitted")!.Message.ShouldEndWith("position 12 of 40.");
        plan.Status().TenantId.ShouldBe("acme", "it is known again after a restart");
        plan.Again.ShouldBe(TimeSpan.FromMinutes(1), "its queue time ends then");
        o = o.Then(plan) with { Draft = null };
        Planner.Plan(o with { Standing = new Standing("UserLimit", 7, 35) }).Steps.ShouldBeEmpty();
        Planner.Plan(o with { Standing = new Standing("UserLimit", 6, 35) }).Text().ShouldBe("Status:Waiting", "halved");
        Planner.Plan(o with { Standing = new Standing("TenantLimit", 12, 40) }).Is("Admitted").ShouldBe("False/TenantLimit");
        Planner.Plan(o.Later(TimeSpan.FromMinutes(1))).Text().ShouldBe("Status:Failed Warning:QueueTimedOut");
    }

    [Fact]
    public void Plan_JobIsGoodAndNobodyAskedForASlot_StartsNothing() => Planner.Plan(Given.New() with { Standing = null }).Steps.ShouldBeEmpty();

    [Fact]
    public void Plan_KeyIsTakenAndForbidden_Fails()
    {
        var plan = Planner.Plan(Given.New(Spec with { ConcurrencyKey = "k", ConcurrencyPolicy = "Forbid" }) with { Standing = Standing.Forbidden });
        plan.Text().ShouldBe("Status:Failed Warning:ConcurrencyForbidden");
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
    }

    [Fact]
    public void Plan_ReplacedWhileItWaits_NeverStarts()
    {
        var plan = Planner.Plan(Given.New() with { ReplacedBy = "newer", Draft = null, Standing = null });
        plan.Text().ShouldBe("Status:Cancelled Warning:Replaced");
        plan.Status().Condition("Succeeded")!.Message.ShouldContain("newer");
    }

    [Theory]
    [InlineData("30s", "Status:Failed Warning:QueueTimedOut", null)]
    [InlineData("1m", "Status:Failed Warning:QueueTimedOut", null)]
    [InlineData("70s", "Status:Waiting Normal:ConnectionMissing", 10)]
    [InlineData("1h", "Status:Waiting Normal:ConnectionMissing", 30)]
    public void Plan_QueueTimeOut_CountsFromTheCreation(string queue, string expected, int? again)
    {
        var o = Given.New(Spec with { Timeouts = new ExecutionTimeouts { Queue = queue } }) with { Draft = Refused("UNKNOWN_CONNECTION") };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe(expected, "it was created a minute ago");
        plan.Again?.TotalSeconds.ShouldBe(again!.Value);
    }

    [Fact]
    public void Plan_DeletedBeforeAdmission_IsReleasedAtOnce()
    {
        var plan = Planner.Plan(Given.New().Deleted() with { Draft = null });

        plan.Steps.ShouldBeEmpty();
        plan.IsReleased.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, "AttachFinalizer Status:Pending Warning:StatusLost")]
    [InlineData(true, "Status:Pending Warning:StatusLost")]
    public void Plan_StatusTakenAwayByHand_NeverCreatesAPod(bool deleted, string expected)
    {
        var o = Given.New() with { Draft = null, Job = Given.Job, LostAttempt = 3 };
        if (deleted) o = o.Deleted();

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe(expected);
        plan.Status().Attempt.ShouldBe(3);
        plan.Status().Connections!.ShouldHaveSingleItem().Name.ShouldBe("db", "what may be open is in the job");
        plan.IsReleased.ShouldBeFalse();
        plan.Status().TenantId.ShouldBe("acme");
        var next = o.Then(plan) with { LostAttempt = null };
        next.WasWorkerSeen.ShouldBeTrue();
        Planner.Plan(next).Steps.ShouldNotContain(s => s is CreateWorker, "it may have run");
        Planner.Plan(next with { Worker = Given.Worker(3) }).Text().ShouldBe(
            deleted ? $"Status:Pending Normal:Deleted End:{Given.WorkerName(3)}" : "Status:Running Normal:Running", "what is there goes on");
    }

    private static JobDraft Refused(params string[] codes) =>
        JobDraft.Refused([.. codes.Select(c => new Problem(ProblemClass.StructuralError, c, "wrong", "spec.x"))]);
}
