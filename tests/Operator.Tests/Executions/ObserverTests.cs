using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions;

/// <summary>Which release pod of several is looked at.</summary>
public sealed class ObserverTests
{
    private static readonly string First = Names.Release("hello", Given.Uid, 1);
    private static readonly string Second = Names.Release("hello", Given.Uid, 1, after: "uid-1");

    [Fact]
    public async Task Observe_ReleasePodIsStuckAndAnotherWasMade_SeesTheYoungest()
    {
        await using var app = Releasing();
        app.Server.Put(ReleasePod(First, "uid-1", age: 600, "node-dark"));
        app.Server.Put(ReleasePod(Second, "uid-2", age: 5, "node-b"));

        var o = (await ObserveAsync(app))!;

        o.Release!.Name.ShouldBe(Second);
        o.SilentNode.ShouldBe("node-dark");
        Planner.Plan(o).Text().ShouldBe("Status:Releasing");
    }

    [Fact]
    public async Task Observe_StuckReleasePodHasGone_StillSeesTheOther()
    {
        await using var app = Releasing();
        app.Server.Put(ReleasePod(Second, "uid-2", age: 5, "node-b"));

        (await ObserveAsync(app))!.Release!.Name.ShouldBe(Second);
    }

    [Fact]
    public async Task Observe_ReleasePodOfAnotherAttempt_IsNotThisOnes()
    {
        await using var app = Releasing();
        var other = ReleasePod("other", "uid-3", age: 5, "node-b");
        other.Metadata.Labels[Names.AttemptLabel] = "7";
        app.Server.Put(other);

        (await ObserveAsync(app))!.Release.ShouldBeNull();
    }

    [Fact]
    public async Task Reconcile_ReleasePodIsStuck_AnotherIsMadeUnderAnotherName()
    {
        await using var app = Releasing();
        app.Server.Put(ReleasePod(First, "uid-1", age: 600, "node-dark"));

        await app.ReconcileAsync("hello");

        (await app.Server.GetAsync<V1Pod>(Second, "acme")).ShouldNotBeNull();
        (await app.ReadAsync("hello")).Status!.Condition(ConditionTypes.ConnectionsReleased)!.Message.ShouldContain("node-dark");
    }

    private static Task<Observed?> ObserveAsync(FakeOperator app) => app.Get<Observer>().ObserveAsync(Given.Execution(), CancellationToken.None);

    /// <summary>Its worker was killed, and a release is under way.</summary>
    private static FakeOperator Releasing()
    {
        var app = new FakeOperator();
        var draft = Given.Draft(Given.Execution());
        var o = Given.Admitted(null, "db");
        o = o.With(Statuses.Running(o, Given.Worker()) with { JobHash = draft.Hash });
        o = o.With(Statuses.Releasing(o, Reasons.Releasing, "", restamp: true));
        var execution = o.Finalized().Execution;
        app.Server.Put(execution);
        app.Server.Put(JobBuilder.Build(execution, draft.Compressed, draft.Shape!));
        var worker = Pod(Given.WorkerName(), "uid-0", "worker", PodBuilder.WorkerContainer, age: 700, "node-a");
        worker.Status.Phase = "Failed";
        worker.Status.ContainerStatuses[0].State = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 137, FinishedAt = Given.Now.UtcDateTime } };
        app.Server.Put(worker);
        return app;
    }

    private static V1Pod ReleasePod(string name, string uid, int age, string node) => Pod(name, uid, "release", PodBuilder.ReleaseContainer, age, node);

    private static V1Pod Pod(string name, string uid, string role, string container, int age, string node) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = "acme",
            Uid = uid,
            CreationTimestamp = Given.Now.AddSeconds(-age).UtcDateTime,
            Finalizers = [Names.Fence],
            Labels = new Dictionary<string, string> { [Names.UidLabel] = Given.Uid, [Names.RoleLabel] = role, [Names.AttemptLabel] = "1" },
        },
        Spec = new V1PodSpec { NodeName = node },
        Status = new V1PodStatus
        {
            Phase = "Running",
            ContainerStatuses = [new V1ContainerStatus { Name = container, State = new V1ContainerState { Running = new V1ContainerStateRunning() } }],
        },
    };
}
