using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Planning;

public sealed class ReleasePlanTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };
    private static readonly WorkflowExecutionSpec Orphan = Spec with { Release = new ExecutionRelease { OnTimeout = "Orphan", Deadline = "5m" } };

    [Fact]
    public void Plan_ReleasePodIsUnderway_WaitsWithoutAnEvent()
    {
        var plan = Planner.Plan(Releasing() with { Release = Given.ReleasePod() });

        plan.Text().ShouldBe("Status:Releasing");
        plan.Again.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Plan_ReleasePodDoesNotStart_SaysWhyOnce()
    {
        var o = Releasing() with { Release = Given.ReleasePod() with { Phase = "Pending", IsRunning = false, StartedAt = null, MountFault = "secret not found" } };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Releasing Warning:ReleasePodRefused");
        plan.Status().Condition("ConnectionsReleased")!.Message.ShouldContain("CredentialsMissing: secret not found");
        Planner.Plan(o.Then(plan)).Text().ShouldBe("Status:Releasing");
    }

    [Fact]
    public void Plan_ReleaseFailed_NamesTheConnectionAndTriesAgainAfterAPause()
    {
        var o = Releasing() with { Release = Given.ReleasePod(proven: false, finished: Given.Now) };

        var plan = Planner.Plan(o);
        plan.Text().ShouldBe("Status:Releasing Warning:ReleaseFailed");
        plan.Is("ConnectionsReleased").ShouldBe("False/ReleaseFailed");
        plan.Status().Condition("ConnectionsReleased")!.Message.ShouldBe("db: 2 sessions are left");
        plan.Again.ShouldBe(TimeSpan.FromSeconds(1));

        var next = Planner.Plan(o.Then(plan).Later(TimeSpan.FromSeconds(1)));
        next.Text().ShouldBe($"Status:Releasing Unfence:{Given.ReleaseName()} End:{Given.ReleaseName()}");
        var going = o.Then(next) with { Release = o.Release! with { DeletingSince = Given.Now, IsFenced = false } };
        Planner.Plan(going).Text().ShouldBe("Status:Releasing", "the name is not free yet");
        Planner.Plan(going with { Release = null }).Text().ShouldBe("Status:Releasing CreateRelease:1");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 4)]
    [InlineData(60, 10)]
    [InlineData(599, 10)]
    [InlineData(601, 60)]
    [InlineData(86400, 60)]
    public void Plan_ReleaseGoesOnFailing_PausesGrow(int since, int pause)
    {
        var o = Releasing().Later(TimeSpan.FromSeconds(since));

        Planner.Plan(o with { Release = Given.ReleasePod(proven: false, finished: o.Now) }).Again.ShouldBe(TimeSpan.FromSeconds(pause));
    }

    [Theory]
    [InlineData("Evicted", "evicted without container statuses")]
    [InlineData("DeadlineExceeded", "its container still shows as running")]
    public void Plan_ReleasePodIsOverWithoutAnEnd_IsReplaced(string reason, string because)
    {
        var pod = Given.ReleasePod() with { Phase = "Failed", Reason = reason, End = null, CreatedAt = Given.Now.AddMinutes(-2) };

        var plan = Planner.Plan(Releasing() with { Release = pod });

        plan.Text().ShouldBe($"Status:Releasing Warning:ReleaseFailed Unfence:{pod.Name} End:{pod.Name}", because);
    }

    [Fact]
    public void Plan_ClockOfTheReleasePodsNodeRunsAhead_DoesNotWaitForIt() =>
        Planner.Plan(Releasing() with { Release = Given.ReleasePod(proven: false, finished: Given.Now.AddHours(3)) }).Again!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));

    [Fact]
    public void Plan_ForeignFinalizerHoldsTheReleasePod_SaysSo()
    {
        var o = Releasing() with { Release = Given.ReleasePod(proven: false) with { IsFenced = false, DeletingSince = Given.Now } };

        Planner.Plan(o.Later(TimeSpan.FromSeconds(59))).Is("ConnectionsReleased").ShouldBe("False/Releasing");
        var plan = Planner.Plan(o.Later(TimeSpan.FromSeconds(60)));
        plan.Text().ShouldBe("Status:Releasing Warning:ReleasePodRefused");
        plan.Status().Condition("ConnectionsReleased")!.Message.ShouldContain("a finalizer of somebody else");
    }

    [Theory]
    [InlineData(null, 179, false, "a kubelet that answers would end it within its deadline")]
    [InlineData(null, 180, true, "its kubelet has not ended it")]
    [InlineData(59, 61, false, "its end was asked for")]
    [InlineData(60, 61, true, "its kubelet has not ended it")]
    public void Plan_NodeOfTheReleasePodGoesDark_AnotherOneTakesItsPlace(int? deletingFor, int age, bool replaced, string because)
    {
        var pod = Given.ReleasePod() with
        {
            BoundAt = Given.Now.AddSeconds(-age),
            CreatedAt = Given.Now.AddHours(-1),
            DeletingSince = deletingFor is { } seconds ? Given.Now.AddSeconds(-seconds) : null,
        };

        var plan = Planner.Plan(Releasing() with { Release = pod });

        var end = deletingFor is null ? $" End:{pod.Name}" : "";
        plan.Text().ShouldBe(replaced ? $"Status:Releasing Warning:ReleasePodRefused Unfence:{pod.Name}{end} CreateRelease:1:after-{pod.Uid}" : "Status:Releasing", because);
        if (replaced) plan.Status().Condition("ConnectionsReleased")!.Message.ShouldContain("its node node-a does not answer");
    }

    [Fact]
    public void Plan_ReleasePodWaitsLongForANode_IsNotReplaced() => Planner.Plan(Releasing() with
    {
        Release = Given.ReleasePod() with { Phase = "Pending", IsRunning = false, StartedAt = null, Node = null, CreatedAt = Given.Now.AddHours(-1) },
    }).Text().ShouldBe("Status:Releasing");

    [Fact]
    public void Plan_ReleasePodAfterOneThatDoesNotGo_NamesTheNode()
    {
        var o = Releasing() with { Release = Given.ReleasePod(), SilentNode = "node-dark" };

        Planner.Plan(o).Status().Condition("ConnectionsReleased")!.Message.ShouldContain("node-dark");
        Planner.Plan(o with { Release = Given.ReleasePod(proven: true) }).Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");
    }

    [Fact]
    public void Plan_PodWithTheNameOfTheReleasePod_IsNotTouched()
    {
        var plan = Planner.Plan(Releasing() with { Release = Given.ReleasePod(proven: true) with { IsOurs = false } });

        plan.Text().ShouldBe("Status:Releasing Warning:ReleasePodRefused", "and what it says proves nothing");
    }

    [Fact]
    public void Plan_JobIsGone_SaysWhatToDoInsteadOfThrowing()
    {
        var o = Given.Gone(Given.Ended(137)) with { Job = null };

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe("Status:Releasing Warning:ReleasePodRefused");
        plan.Status().Condition("ConnectionsReleased")!.Message.ShouldContain(Names.ForceRelease);
        Planner.Plan(o.Then(plan).Forced()).Is("ConnectionsReleased").ShouldBe("False/Orphaned");
    }

    [Theory]
    [InlineData(null, 100_000, "False/ReleaseFailed")]
    [InlineData("Block", 100_000, "False/ReleaseFailed")]
    [InlineData("Orphan", 299, "False/ReleaseFailed")]
    [InlineData("Orphan", 300, "False/Orphaned")]
    public void Plan_DeadlineOfTheRelease_OnTimeoutDecides(string? onTimeout, int since, string expected)
    {
        var spec = Orphan with { Release = Orphan.Release! with { OnTimeout = onTimeout } };
        var o = Releasing(spec) with { Release = Given.ReleasePod(proven: false) };

        Planner.Plan(o.Later(TimeSpan.FromSeconds(since))).Is("ConnectionsReleased").ShouldBe(expected);
    }

    [Fact]
    public void Plan_ProvenAtTheDeadline_IsNoOrphan() =>
        Planner.Plan((Releasing(Orphan) with { Release = Given.ReleasePod(proven: true) }).Later(TimeSpan.FromHours(1))).Is("ConnectionsReleased").ShouldBe("True/ReleasedByOwnerTag");

    [Fact]
    public void Plan_Orphaned_NamesTagAndConnectionsInAWarning()
    {
        var o = Releasing().Forced();

        var plan = Planner.Plan(o);

        plan.Text().ShouldBe($"Status:Failed Warning:Orphaned Warning:WorkerDied Unfence:{Given.WorkerName()} UnfenceJob DetachFinalizer");
        plan.Status().Connections!.ShouldHaveSingleItem().State.ShouldBe("Orphaned");
        plan.Steps.OfType<Announce>().First().Message.ShouldContain($"owner tag bulkhead/{Guid.Parse(Given.Uid):n}/1 may be left on: db.");
        Planner.Plan(o.Deleted().Forced()).ShouldNotBeNull();
    }

    [Fact]
    public void Plan_OrphanedWithRestart_NoOtherAttemptFollows()
    {
        var o = Releasing(Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 3 } });

        Planner.Plan(o.Forced()).Status().Phase.ShouldBe("Failed", "the last attempt is fenced but not released");
    }

    [Fact]
    public void Plan_ForcedWhileTheWorkerIsHealthy_ChangesNothing() =>
        Planner.Plan(Given.Running().Forced()).Text().ShouldBe("Status:Running", "the annotation gives up a release, and no worker");

    [Fact]
    public void Plan_ForcedOnANodeThatDoesNotAnswer_LetsGoAndNeverRunsAgain()
    {
        var o = Given.Running(Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 3 } }).Forced() with
        {
            Worker = Given.Worker() with { DeletingSince = Given.Now.AddSeconds(-40) },
            Node = new NodeFacts(Exists: true, IsOutOfService: false, Given.Now.AddMinutes(-9), IsSilent: true),
        };

        Planner.Plan(o).Is("ConnectionsReleased").ShouldBe("False/ConnectionsOpen", "it still has its grace period");
        var plan = Planner.Plan(o.Later(TimeSpan.FromSeconds(6)));
        plan.Is("ConnectionsReleased").ShouldBe("False/Orphaned");
        plan.Is("Succeeded").ShouldBe("False/WorkerUnreachable");
    }

    [Fact]
    public void Plan_NamespaceIsTerminating_WaitsForTheServersOwnLimits()
    {
        var o = Given.Gone(Given.Ended(137)) with { IsNamespaceTerminating = true };

        var first = Planner.Plan(o);
        first.Text().ShouldBe("Status:Releasing", "it takes no release pod");
        o = o.Then(first);
        Planner.Plan(o.Later(TimeSpan.FromSeconds(19))).Is("ConnectionsReleased").ShouldBe("False/Releasing");
        Planner.Plan(o.Later(TimeSpan.FromSeconds(20))).Is("ConnectionsReleased").ShouldBe("False/Orphaned", "whatever the policy: no namespace hangs");
        Planner.Plan(o.Later(TimeSpan.FromSeconds(20)) with { Release = Given.ReleasePod(proven: true) }).Is("ConnectionsReleased")
            .ShouldBe("True/ReleasedByOwnerTag", "a release pod that was there before has proven it");
        Planner.Plan(o with { Worker = Given.Recorded("Cancelled") }).Is("ConnectionsReleased").ShouldBe("True/ReleasedByWorker");
    }

    /// <summary>The worker was killed, and the release began now.</summary>
    private static Observed Releasing(WorkflowExecutionSpec? spec = null)
    {
        var o = Given.Gone(Given.Ended(137), spec);
        return o.Then(Planner.Plan(o));
    }
}
