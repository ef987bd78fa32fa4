using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using KubeOps.Abstractions.Reconciliation.Queue;

namespace Bulkhead.Operator.Tests.Executions;

public sealed class WakerTests
{
    private readonly Sights _sights = new(TimeProvider.System);

    [Fact]
    public async Task Wake_KnownToTheWatch_ItsNextTurnIsTaken()
    {
        (await WakeAsync(known: true)).ShouldBeTrue();
        _sights.End(Given.Uid, "7", "7", again: null);

        _sights.IsSeen(Given.Execution(), out _).ShouldBeFalse("it was asked during the turn");
    }

    [Fact]
    public async Task Wake_GoneFromTheWatch_LeavesNothingBehind()
    {
        (await WakeAsync(known: false)).ShouldBeFalse();
        _sights.End(Given.Uid, "7", "7", again: null);

        _sights.IsSeen(Given.Execution(), out _).ShouldBeTrue("an asking that nobody answers would be kept for ever");
    }

    private Task<bool> WakeAsync(bool known)
    {
        EntityQueue<WorkflowExecutionEntity> queue = (_, _, _, _, _, _) => Task.FromResult(known);
        return new Waker(queue, _sights).WakeAsync("hello", "acme", Given.Uid, CancellationToken.None);
    }
}
