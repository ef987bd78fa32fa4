using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class FinishedPlanTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };

    [Fact]
    public void Plan_NothingIsLeft_WritesNothing()
    {
        var plan = Planner.Plan(Finished());

        plan.Steps.ShouldBeEmpty();
        plan.Again.ShouldBeNull();
    }

    [Fact]
    public void Plan_OperatorDiedAfterTheStatus_DoesTheRest()
    {
        var plan = Planner.Plan(Finished().Finalized() with { Worker = Given.Recorded("Succeeded"), Release = Given.ReleasePod(proven: true) });

        plan.Text().ShouldBe($"Unfence:{Given.WorkerName()} Unfence:{Given.ReleaseName()} UnfenceJob DetachFinalizer");
    }

    [Fact]
    public void Plan_DeletedAfterItsEnd_IsReleased()
    {
        var plan = Planner.Plan(Finished().Deleted() with { Worker = Given.Recorded("Succeeded") });

        plan.Text().ShouldBe($"Unfence:{Given.WorkerName()} UnfenceJob", "the runtime takes the finalizer");
        plan.IsReleased.ShouldBeTrue();
    }

    [Fact]
    public void Plan_PodsOfSomebodyElse_AreNotTouched() =>
        Planner.Plan(Finished() with { Worker = Given.Worker() with { IsOurs = false }, Release = Given.ReleasePod() with { IsFenced = false } }).Steps.ShouldBeEmpty();

    [Fact]
    public void Plan_EditedAfterItsEnd_SaysThatItWasSeen()
    {
        var o = Finished().WithMetadata(m => m.Generation = 2);

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Succeeded");
        plan.Status().ObservedGeneration.ShouldBe(2);
        plan.Status().Conditions!.ShouldAllBe(c => c.ObservedGeneration == 2);
        Planner.Plan(o.Then(plan)).Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(60, 59, "", 1)]
    [InlineData(60, 60, "DeleteExecution", null)]
    [InlineData(0, 0, "DeleteExecution", null)]
    [InlineData(int.MaxValue, 60, "", int.MaxValue - 60)]
    public void Plan_TimeToLive_CountsFromTheEnd(int ttl, int later, string expected, int? again)
    {
        var plan = Planner.Plan(Finished(Spec with { TtlSecondsAfterFinished = ttl }).Later(TimeSpan.FromSeconds(later)));

        plan.Text().ShouldBe(expected);
        plan.Again?.TotalSeconds.ShouldBe(again!.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3600)]
    public void Plan_MoreThanItsTenantKeeps_IsDeletedBeforeItsTime(int? ttl)
    {
        var o = Finished(Spec with { TtlSecondsAfterFinished = ttl }) with { IsBeyondHistory = true };

        Planner.Plan(o).Text().ShouldBe("DeleteExecution");
        Planner.Plan(Tracked(o, "meta.helm.sh/release-name", "x", label: false)).Text().ShouldBe("DeleteJob", "Helm would create it, and run it, again");
        Planner.Plan(o.Finalized()).Text().ShouldBe("UnfenceJob DetachFinalizer DeleteExecution");
    }

    [Fact]
    public void Plan_MoreThanItsTenantKeepsAndToBeRunAgain_IsRunAgain()
    {
        var o = Finished() with { IsBeyondHistory = true };
        o.Execution.Spec = o.Spec with { RerunToken = "again" };

        Planner.Plan(o).Text().ShouldNotContain("DeleteExecution");
    }

    [Theory]
    [InlineData("argocd.argoproj.io/tracking-id", false)]
    [InlineData("argocd.argoproj.io/instance", true)]
    [InlineData("app.kubernetes.io/instance", true)]
    [InlineData("kustomize.toolkit.fluxcd.io/name", true)]
    [InlineData("helm.toolkit.fluxcd.io/name", true)]
    [InlineData("meta.helm.sh/release-name", false)]
    public void Plan_TrackedByATool_IsNeverDeleted(string key, bool label)
    {
        var o = Tracked(Finished(Spec with { TtlSecondsAfterFinished = 1 }), key, "x", label).Later(TimeSpan.FromHours(1));

        Planner.Plan(o).Text().ShouldBe("DeleteJob", "the tool would create it, and run it, again");
        Planner.Plan(o with { Worker = Given.Recorded("Succeeded") with { IsFenced = false } }).Text().ShouldBe($"End:{Given.WorkerName()} DeleteJob");
        Planner.Plan(o with { Worker = Given.Recorded("Succeeded") with { IsFenced = false, DeletingSince = Given.Now } }).Text().ShouldBe("DeleteJob");
    }

    [Theory]
    [InlineData("Helm", "DeleteJob")]
    [InlineData("me", "DeleteExecution")]
    public void Plan_ManagedBy_OnlyHelmCounts(string by, string expected) =>
        Planner.Plan(Tracked(Finished(Spec with { TtlSecondsAfterFinished = 1 }), "app.kubernetes.io/managed-by", by, label: true).Later(TimeSpan.FromHours(1)))
            .Text().ShouldBe(expected);

    private static Observed Tracked(Observed o, string key, string value, bool label) => o.WithMetadata(m =>
    {
        var entry = new Dictionary<string, string> { [key] = value };
        if (label) m.Labels = entry;
        else m.Annotations = entry;
    });

    private static Observed Finished(WorkflowExecutionSpec? spec = null)
    {
        var o = Given.Gone(Given.Recorded("Succeeded"), spec);
        return o.Then(Planner.Plan(o)) with { Worker = null };
    }
}
