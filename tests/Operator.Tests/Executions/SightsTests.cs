using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Testing.Time;

namespace Bulkhead.Operator.Tests.Executions;

/// <summary>When a turn would tell no more than the last one.</summary>
public sealed class SightsTests
{
    private readonly ManualClock _clock = new();
    private readonly Sights _sights;

    public SightsTests() => _sights = new Sights(_clock);

    [Theory]
    [InlineData("7", true, "the turn read it")]
    [InlineData("9", true, "the turn wrote it")]
    [InlineData("8", false, "nobody knows what is in it")]
    public void IsSeen_CachedVersion_OnlyThoseOfTheTurn(string version, bool isSeen, string because)
    {
        _sights.End(Given.Uid, read: "7", written: "9", again: null);

        _sights.IsSeen(Cached(version), out _).ShouldBe(isSeen, because);
    }

    [Fact]
    public void IsSeen_NoTurnYet_IsNot() => _sights.IsSeen(Cached("7"), out _).ShouldBeFalse();

    [Fact]
    public void IsSeen_SomebodyAsks_IsNotUntilATurnBegins()
    {
        _sights.End(Given.Uid, "7", "9", again: null);

        _sights.Ask(Given.Uid);

        _sights.IsSeen(Cached("9"), out _).ShouldBeFalse();
        _sights.Begin(Given.Uid);
        _sights.End(Given.Uid, "9", "9", again: null);
        _sights.IsSeen(Cached("9"), out _).ShouldBeTrue();
    }

    [Fact]
    public void IsSeen_SomebodyAskedDuringTheTurn_IsNot()
    {
        _sights.Begin(Given.Uid);
        _sights.Ask(Given.Uid);
        _sights.End(Given.Uid, "7", "9", again: null);

        _sights.IsSeen(Cached("9"), out _).ShouldBeFalse();
    }

    [Fact]
    public void IsSeen_TurnThatDidNotEnd_IsNot()
    {
        _sights.End(Given.Uid, "7", "7", again: null);
        _sights.Begin(Given.Uid);

        _sights.IsSeen(Cached("7"), out _).ShouldBeFalse();
    }

    [Fact]
    public void IsSeen_BeforeTheTimeToLookAgain_TellsWhatIsLeft()
    {
        _sights.End(Given.Uid, "7", "9", TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(2));

        _sights.IsSeen(Cached("9"), out var left).ShouldBeTrue();
        left.ShouldBe(TimeSpan.FromSeconds(3));
        _clock.Advance(TimeSpan.FromSeconds(3));
        _sights.IsSeen(Cached("9"), out _).ShouldBeFalse();
    }

    [Fact]
    public void IsSeen_AfterAWhile_IsNot()
    {
        _sights.End(Given.Uid, "7", "9", again: null);

        _clock.Advance(Sights.GoodFor);

        _sights.IsSeen(Cached("9"), out _).ShouldBeFalse();
    }

    [Fact]
    public void IsSeen_ANewTerm_IsNot()
    {
        _sights.End(Given.Uid, "7", "9", again: null);

        _sights.Clear();

        _sights.IsSeen(Cached("9"), out _).ShouldBeFalse();
    }

    private static WorkflowExecutionEntity Cached(string version)
    {
        var execution = Given.Execution();
        execution.Metadata.ResourceVersion = version;
        return execution;
    }
}
