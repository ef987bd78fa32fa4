using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Admission;

/// <summary>What the line takes from an object.</summary>
public sealed class PlaceTests
{
    [Fact]
    public void Of_NewObject_HasNoPlaceYet() => PlaceOf(Given.New().Execution).ShouldBeNull("its own turn puts it into the line");

    [Fact]
    public void Of_Waiting_KnowsTenantUserAndWhatIsShown()
    {
        var o = Given.New(new WorkflowExecutionSpec { Workflow = Given.Workflow, UserId = "alice", ConcurrencyKey = "k" }) with { Standing = new Standing("UserLimit", 3, 4) };
        var place = PlaceOf(o.Then(Planner.Plan(o)).Execution).ShouldNotBeNull();
        (place.Tenant, place.User, place.Key, place.Policy, place.IsHolding, place.Shown).ShouldBe(("acme", "alice", "k", "Queue", false, new Standing("UserLimit", 3, 4)));
    }

    [Fact]
    public void Of_EachStage_HoldsFromTheAdmissionToTheSettlement()
    {
        PlaceOf(Given.Admitted().Execution)!.IsHolding.ShouldBeTrue("before its pod");
        PlaceOf(Given.Running().Execution)!.IsHolding.ShouldBeTrue();
        var died = Given.Gone(Given.Ended(137));
        var releasing = died.Then(Planner.Plan(died));
        PlaceOf(releasing.Execution)!.IsHolding.ShouldBeTrue("its sessions may be open");
        PlaceOf(releasing.Deleted().Execution)!.IsHolding.ShouldBeTrue("deletion gives nothing back");
        var released = releasing with { Release = Given.ReleasePod(proven: true) };
        PlaceOf(released.Then(Planner.Plan(released)).Execution).ShouldBeNull();
    }

    [Fact]
    public void Of_DeletedAndReleased_HoldsNothingEvenIfTheObjectStays()
    {
        var o = Given.Gone(Given.Recorded("Cancelled")).Deleted();
        PlaceOf(o.Then(Planner.Plan(o)).Execution).ShouldBeNull("somebody else's finalizer keeps it");
    }

    [Fact]
    public void Of_Suspended_HoldsNothing()
    {
        var o = Given.Gone(Given.Recorded("Cancelled"), new WorkflowExecutionSpec { Workflow = Given.Workflow, DesiredState = "Suspended" });
        PlaceOf(o.Then(Planner.Plan(o)).Execution).ShouldBeNull();
    }

    private static Place? PlaceOf(WorkflowExecutionEntity e) => Place.Of(e);
}
