using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Admission;

/// <summary>The line around its first list, and what it keeps.</summary>
public sealed class AdmissionLineTests
{
    [Fact]
    public async Task ReplacerOf_AsTheFirstQuestionOfATerm_IsKnown()
    {
        await using var app = new FakeOperator();
        var old = app.Server.Put(Holds("old", key: "nightly"));
        app.Server.Put(Waits("new", ConcurrencyPolicies.Replace));

        (await app.Line.ReplacerOfAsync(old.Metadata.Uid, CancellationToken.None)).ShouldBe("new");
    }

    [Fact]
    public async Task Forget_WhileTheFirstListIsUnderWay_DoesNotStayAsAHolder()
    {
        await using var app = new FakeOperator();
        var gone = app.Server.Put(Holds("gone"));
        var (listed, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Server.Listed = async kind =>
        {
            if (kind != "WorkflowExecution") return;
            listed.TrySetResult();
            await answer.Task;
        };
        var load = app.Line.LoadAsync("acme", CancellationToken.None);
        await listed.Task;

        var forget = app.Line.ForgetAsync(gone.Metadata.Uid, CancellationToken.None);
        answer.SetResult();
        await Task.WhenAll(load, forget);

        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(0);
    }

    /// <summary>What the former term's list says may be older than what others have done since.</summary>
    [Fact]
    public async Task Renew_WhileTheListOfTheFormerTermIsUnderWay_IsReadAnew()
    {
        await using var app = new FakeOperator();
        app.Server.Put(Holds("one"));
        var (listed, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Server.Listed = async kind =>
        {
            if (kind != "WorkflowExecution") return;
            listed.TrySetResult();
            await answer.Task;
        };
        var former = app.Line.LoadAsync("acme", CancellationToken.None);
        await listed.Task;

        app.Server.Put(Holds("two"));
        app.Line.Renew();
        answer.SetResult();
        await former;

        (await app.Line.LoadAsync("acme", CancellationToken.None)).Active.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, 1, "nobody waited: when its user last began is forgotten, and the first to come is the first")]
    [InlineData(true, 2, "somebody waits: its user has just had a turn")]
    public async Task Forget_LastOfItsUser_StartIsForgottenWhereNobodyWaits(bool someoneWaits, int position, string because)
    {
        await using var app = new FakeOperator(most: 1);
        var ended = Asks("ended", "alice", minute: -9);
        (await app.Line.AskAsync(ended, "acme", CancellationToken.None)).IsGranted.ShouldBeTrue();
        if (someoneWaits) await app.Line.AskAsync(Asks("carols", "carol", minute: -1), "acme", CancellationToken.None);

        await app.Line.ForgetAsync(ended.Metadata.Uid, CancellationToken.None);

        (await app.Line.AskAsync(Asks(someoneWaits ? "carols" : "daves", "carol", minute: -1), "acme", CancellationToken.None)).IsGranted.ShouldBeTrue();
        await app.Line.AskAsync(Asks("bobs", "bob", minute: -2), "acme", CancellationToken.None);
        (await app.Line.AskAsync(Asks("alices", "alice", minute: -3), "acme", CancellationToken.None)).Position.ShouldBe(position, because);
    }

    private static WorkflowExecutionEntity Asks(string name, string user, int minute) => FakeOperator.Execution(name, e =>
    {
        e.Spec = e.Spec with { UserId = user };
        e.Metadata.CreationTimestamp = Given.Now.AddMinutes(minute).UtcDateTime;
    });

    private static WorkflowExecutionEntity Holds(string name, string? key = null) => FakeOperator.Execution(name, e =>
    {
        e.Metadata.CreationTimestamp = Given.Now.AddMinutes(-2).UtcDateTime;
        e.Spec = e.Spec with { ConcurrencyKey = key };
        e.Status = new WorkflowExecutionStatus { TenantId = "acme" }.With(ConditionTypes.Admitted, true, Reasons.JobFixed, "", Given.Now);
    });

    private static WorkflowExecutionEntity Waits(string name, string policy) => FakeOperator.Execution(name, e =>
    {
        e.Spec = e.Spec with { ConcurrencyKey = "nightly", ConcurrencyPolicy = policy };
        e.Status = new WorkflowExecutionStatus { TenantId = "acme" }.With(ConditionTypes.Admitted, false, Reasons.ConcurrencyKey, "position 1 of 1", Given.Now);
    });
}
