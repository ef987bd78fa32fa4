using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions;

public sealed class HistoryTests
{
    private readonly List<string> _woken = [];
    private readonly History _history;

    public HistoryTests() => _history = new History(new Waker(
        (execution, _, _, _, _, _) =>
        {
            _woken.Add(execution.Name());
            return Task.FromResult(true);
        },
        new Sights(TimeProvider.System)));

    [Theory]
    [InlineData("a1 a2 a3 a4 a5")]
    [InlineData("a5 a4 a3 a2 a1")]
    [InlineData("a3 a1 a5 a2 a4")]
    public async Task Note_MoreThanAreKept_TheOldestGoInAnyOrderOfSeeing(string seen)
    {
        await RuleAsync(succeeded: 2, failed: null);

        foreach (var name in seen.Split(' ')) await NoteAsync(name);

        _woken.Order().ShouldBe(["a1", "a2", "a3"]);
        Beyond("a1", "a2", "a3", "a4", "a5").ShouldBe(["a1", "a2", "a3"]);
    }

    [Fact]
    public async Task Note_OutcomesAndTenants_AreCountedApart()
    {
        await RuleAsync(succeeded: 1, failed: 0);

        await NoteAsync("a1");
        await NoteAsync("b2", tenant: "other");
        await NoteAsync("b3", tenant: "other");
        await NoteAsync("f4", succeeded: false);

        _woken.ShouldBe(["f4"], "the other tenant keeps all, and one that succeeded may stay");
    }

    [Fact]
    public async Task Note_StillRunsOrIsBeingDeleted_DoesNotCount()
    {
        await RuleAsync(succeeded: 1, failed: 1);
        await NoteAsync("a1");
        await _history.NoteAsync(Execution("r2", null), CancellationToken.None);
        await _history.NoteAsync(Execution("d3", 3, edit: m => m.DeletionTimestamp = Given.Now.UtcDateTime), CancellationToken.None);

        _woken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Note_RunAgain_CountsFromItsNewEnd()
    {
        await RuleAsync(succeeded: 1, failed: 1);
        await NoteAsync("a1");
        await _history.NoteAsync(Execution("a1", null), CancellationToken.None);
        await NoteAsync("a2");
        await _history.NoteAsync(Execution("a1", 3), CancellationToken.None);

        _woken.ShouldBe(["a2"]);
        Beyond("a1", "a2").ShouldBe(["a2"]);
    }

    [Fact]
    public async Task Note_RunAgainBeforeItWasDeleted_IsNotToBeDeleted()
    {
        await RuleAsync(succeeded: 1, failed: 1);
        await NoteAsync("a1");
        await NoteAsync("a2");
        Beyond("a1").ShouldBe(["a1"]);

        await _history.NoteAsync(Execution("a1", null), CancellationToken.None);

        Beyond("a1").ShouldBeEmpty("it runs");
    }

    [Fact]
    public async Task Note_SameAgain_WakesNobodyTwice()
    {
        await RuleAsync(succeeded: 1, failed: 1);

        foreach (var name in (string[])["a1", "a2", "a1", "a2", "a1"]) await NoteAsync(name);

        _woken.ShouldBe(["a1"]);
    }

    [Fact]
    public async Task Forget_OneThatIsGone_LeavesItsPlace()
    {
        await RuleAsync(succeeded: 2, failed: null);
        await NoteAsync("a1");
        await NoteAsync("a2");
        _history.Forget("uid-a2");

        await NoteAsync("a3");

        _woken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clear_WhatWentWhileOthersLed_CountsNoMore()
    {
        await RuleAsync(succeeded: 2, failed: null);
        await NoteAsync("a8");
        await NoteAsync("a9");

        _history.Clear();
        await NoteAsync("a1");
        await NoteAsync("a2");

        _woken.ShouldBeEmpty("two are there, and two are kept");
        await NoteAsync("a3");
        _woken.ShouldBe(["a1"]);
    }

    [Fact]
    public async Task Rule_LowerLimit_AppliesToWhatIsThere()
    {
        foreach (var name in (string[])["a1", "a2", "a3"]) await NoteAsync(name);
        _woken.ShouldBeEmpty("no limit is all");

        await RuleAsync(succeeded: 1, failed: null);

        _woken.ShouldBe(["a1", "a2"]);
    }

    private Task RuleAsync(int? succeeded, int? failed) => _history.RuleAsync(
        [
            new TenantEntity
            {
                Metadata = new V1ObjectMeta { Name = "acme" },
                Spec = new TenantSpec { SuccessfulExecutionsHistoryLimit = succeeded, FailedExecutionsHistoryLimit = failed },
            },
        ],
        CancellationToken.None);

    private Task NoteAsync(string name, string tenant = "acme", bool succeeded = true) => _history.NoteAsync(Execution(name, name[1] - '0', tenant, succeeded), CancellationToken.None);

    private IEnumerable<string> Beyond(params string[] names) => names.Where(n => _history.IsBeyond($"uid-{n}"));

    private static WorkflowExecutionEntity Execution(string name, int? ended, string tenant = "acme", bool succeeded = true, Action<V1ObjectMeta>? edit = null)
    {
        var metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "ns", Uid = $"uid-{name}" };
        edit?.Invoke(metadata);
        return new WorkflowExecutionEntity
        {
            Metadata = metadata,
            Spec = new WorkflowExecutionSpec(),
            Status = new WorkflowExecutionStatus
            {
                TenantId = tenant,
                CompletionTime = ended is { } minute ? Given.Now.AddMinutes(minute) : null,
                Conditions = [new StatusCondition { Type = ConditionTypes.Succeeded, Status = succeeded ? "True" : "False", Reason = "x" }],
            },
        };
    }
}
