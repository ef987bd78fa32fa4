using System.Net;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using Bulkhead.Testing;
using k8s;
using k8s.Autorest;

namespace Bulkhead.Operator.Tests.Executions;

/// <summary>Turns from the watch event to what is written.</summary>
public sealed class ExecutionControllerTests
{
    private const string Refused = "create Pod";

    [Fact]
    public async Task Reconcile_ToldItsPlaceAndWaitsTooLong_Ends()
    {
        await using var app = new FakeOperator(most: 1);
        app.Server.Put(FakeOperator.Execution("first"));
        await app.ReconcileAsync("first");
        app.Server.Put(FakeOperator.Execution("second", e => e.Spec = e.Spec with { Timeouts = new ExecutionTimeouts { Queue = "90s" } }));
        await app.ReconcileAsync("second");
        (await app.ReadAsync("second")).Status.Reason(ConditionTypes.Admitted).ShouldBe(Reasons.ClusterLimit);
        (await app.ReconcileAsync("second")).RequeueAfter.ShouldBe(TimeSpan.FromSeconds(30), "it is told, and comes back when it has waited too long");

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await app.ReconcileAsync("second");

        (await app.ReadAsync("second")).Status.Reason(ConditionTypes.Succeeded).ShouldBe(Reasons.QueueTimedOut);
        (await app.ReadAsync("first")).Status.Is(ConditionTypes.Admitted, "True").ShouldBeTrue();
    }

    [Fact]
    public async Task Deleted_WhileItWaits_IsNotWokenEverAfter()
    {
        await using var app = new FakeOperator(most: 1);
        foreach (var name in new[] { "first", "second" })
        {
            app.Server.Put(FakeOperator.Execution(name));
            await app.ReconcileAsync(name);
        }

        var second = await app.ReadAsync("second");
        app.Server.Remove<WorkflowExecutionEntity>("second", "acme");
        await app.Controller.DeletedAsync(second, CancellationToken.None);
        app.Woken.Clear();
        await app.Get<WaitingExecutions>().WakeAsync(null, CancellationToken.None);

        app.Woken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(200, null, "it is gone")]
    [InlineData(404, null, "somebody was quicker")]
    [InlineData(409, 50, "another one has its name now: the next look sees that")]
    public async Task Reconcile_TimeToLiveIsOver_DeletesThisOneAndNoNamesake(int answer, int? again, string because)
    {
        await using var server = new LocalServer((context, _) => LocalServer.WriteAsync(context, answer, "{}"));
        using var client = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Url });
        await using var app = new FakeOperator();
        app.Server.ApiClient = client;
        app.Server.Put(FakeOperator.Execution("run", e =>
        {
            e.Spec = e.Spec with { TtlSecondsAfterFinished = 1 };
            e.Status = new WorkflowExecutionStatus { CompletionTime = Given.Now.AddMinutes(-1) };
        }));

        (await app.ReconcileAsync("run")).RequeueAfter.ShouldBe(again is { } pause ? TimeSpan.FromMilliseconds(pause) : null, because);

        var asked = server.Asked.ShouldHaveSingleItem();
        asked.ShouldStartWith("DELETE /apis/bulkhead.dev/v1alpha1/namespaces/acme/workflowexecutions/run ");
        asked.ShouldContain($"\"preconditions\":{{\"uid\":\"{(await app.ReadAsync("run")).Metadata.Uid}\"}}");
        asked.ShouldContain("\"propagationPolicy\":\"Background\"");
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, 0, "it was not taken, so nobody holds the slot")]
    [InlineData(HttpStatusCode.Forbidden, 0, "it was not taken, so nobody holds the slot")]
    [InlineData(HttpStatusCode.InternalServerError, 1, "it may have been taken")]
    public async Task Reconcile_StatusThatAdmitsIsRefused_SlotIsGivenBack(HttpStatusCode code, int active, string because)
    {
        await using var app = new FakeOperator();
        app.Server.Put(FakeOperator.Execution("run"));
        app.Refuse("status WorkflowExecution", code, "no");

        await Should.ThrowAsync<HttpOperationException>(() => app.ReconcileAsync("run"));

        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(active, because);
    }

    [Fact]
    public async Task Reconcile_JobIsRefusedAfterTheStatusThatAdmits_SlotStays()
    {
        await using var app = new FakeOperator();
        app.Server.Put(FakeOperator.Execution("run"));
        app.Refuse("create ConfigMap", HttpStatusCode.RequestEntityTooLarge, "too large");

        await Should.ThrowAsync<HttpOperationException>(() => app.ReconcileAsync("run"));

        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(1, "its status says that it holds one");
    }

    [Fact]
    public async Task Reconcile_NoServerWouldTakeTheWorker_EndsWithTheServersWords()
    {
        await using var app = new FakeOperator();
        app.Server.Put(FakeOperator.Execution("run"));
        const string Words = "Pod \"run\" is invalid: spec.priority: Invalid value";
        app.Refuse(Refused, HttpStatusCode.UnprocessableEntity, Words);

        await app.ReconcileAsync("run");

        var ended = await app.ReadAsync("run");
        ended.Status!.Phase.ShouldBe("Failed");
        ended.Status.Condition(ConditionTypes.Succeeded)!.Reason.ShouldBe(Reasons.Invalid);
        ended.Status.Condition(ConditionTypes.Succeeded)!.Message.ShouldBe(Words);
        ended.Metadata.Finalizers.ShouldBeNull();
        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(0);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "exceeded quota: none", "QuotaExceeded")]
    [InlineData(HttpStatusCode.Forbidden, "violates PodSecurity", "PodRefused")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "pods \"run\" is forbidden: ValidatingAdmissionPolicy 'p' denied request: it is invalid: no owner", "PodRefused")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "admission webhook denied the request", "PodRefused")]
    public async Task Reconcile_WorkerMayBeTakenLater_Waits(HttpStatusCode code, string words, string reason)
    {
        await using var app = new FakeOperator();
        app.Server.Put(FakeOperator.Execution("run"));
        app.Refuse(Refused, code, words);

        (await app.ReconcileAsync("run")).RequeueAfter.ShouldBe(TimeSpan.FromSeconds(15));

        var waits = await app.ReadAsync("run");
        waits.Status!.CompletionTime.ShouldBeNull();
        waits.Status.Reason(ConditionTypes.PodReady).ShouldBe(reason);
        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(1);
    }
}
