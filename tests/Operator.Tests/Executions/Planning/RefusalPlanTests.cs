using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class RefusalPlanTests
{
    private static readonly Refusal Quota = new(Reasons.QuotaExceeded, "exceeded quota");
    private static readonly Refusal Impossible = new(Reasons.PodRefused, "is invalid: spec", IsForGood: true);

    private static readonly WorkflowExecutionSpec Restart = new()
    {
        Workflow = Given.Workflow,
        RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 5 },
    };

    [Fact]
    public void Plan_WorkerIsRefused_IsSaidOnce()
    {
        var o = Given.Admitted(null, "db");

        var plan = RefusalPlan.Plan(o, Quota);

        plan.Text().ShouldBe("Status:Pending Warning:QuotaExceeded");
        RefusalPlan.Plan(o.Then(plan), Quota).Text().ShouldBe("Status:Pending");
    }

    [Fact]
    public void Plan_WorkerOfTheNextAttemptIsRefused_StaysWithThatAttempt()
    {
        var o = Second();

        var plan = RefusalPlan.Plan(o, Quota);

        plan.Status().Attempt.ShouldBe(2, "the pod of the first attempt is still there as a record");
    }

    [Fact]
    public void Plan_WorkerThatNoServerTakes_EndsWhateverTheRetryPolicy()
    {
        var o = Given.Admitted(Restart, "db");

        var plan = RefusalPlan.Plan(o, Impossible);

        plan.Text().ShouldBe($"Status:Failed Warning:Invalid Unfence:{Given.WorkerName()} UnfenceJob DetachFinalizer");
        plan.Is("ConnectionsReleased").ShouldBe("True/NothingOpened");
        plan.Is("Succeeded").ShouldBe("False/Invalid");
        plan.Status().Connections!.ShouldHaveSingleItem().State.ShouldBe("NotOpened");
    }

    [Fact]
    public void Plan_NextWorkerThatNoServerTakes_EndsThatAttempt()
    {
        var plan = RefusalPlan.Plan(Second(), Impossible);

        plan.Status().Phase.ShouldBe("Failed");
        plan.Status().Attempt.ShouldBe(2);
    }

    [Fact]
    public void Plan_ReleasePodIsRefused_IsSaidOfTheRelease()
    {
        var o = Given.Gone(Given.Ended(137));

        RefusalPlan.Plan(o.Then(Planner.Plan(o)), Quota).Is("ConnectionsReleased").ShouldBe("False/ReleasePodRefused");
    }

    /// <summary>The second attempt was just written, and its worker is to be made.</summary>
    private static Observed Second()
    {
        var o = Given.Gone(Given.Recorded("Cancelled") with { Attempt = 1 }, Restart);
        o = o.Then(Planner.Plan(o)).Later(TimeSpan.FromMinutes(1));
        var next = Planner.Plan(o);
        next.Text().ShouldContain("CreateWorker:2");
        return o.Then(next);
    }
}
