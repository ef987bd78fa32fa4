using KubeOps.Operator.Queue;

namespace Bulkhead.Kubernetes.Tests.Operator;

public sealed class ReconcileQueueTests : IDisposable
{
    private static readonly EntityKey A = new("ns", "a", "1");
    private static readonly EntityKey B = new("ns", "b", "2");
    private readonly ReconcileQueue _queue = new(new(TimeSpan.FromHours(1), TimeSpan.FromHours(1)), TimeProvider.System);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Add_Twice_IsOneTurn()
    {
        _queue.Add(A);
        _queue.Add(A);

        (await TakeAsync()).ShouldBe(A);
        _queue.Done(A);
        _queue.Ready.ShouldBe(0);
    }

    [Fact]
    public async Task Add_WhileItsTurnRuns_IsOneMoreTurnAfterwardsAndNotBeside()
    {
        _queue.Add(A);
        await TakeAsync();
        _queue.Add(A);
        _queue.Add(A);

        _queue.Ready.ShouldBe(0, "its turn is not over");
        _queue.Done(A);
        (await TakeAsync()).ShouldBe(A);
        _queue.Done(A);
        _queue.Ready.ShouldBe(0);
    }

    [Fact]
    public async Task Add_HotKey_GoesBehindThoseThatWait()
    {
        _queue.Add(A);
        _queue.Add(B);
        await TakeAsync();
        _queue.Add(A);
        _queue.Done(A);

        (await TakeAsync()).ShouldBe(B);
        (await TakeAsync()).ShouldBe(A);
    }

    [Fact]
    public async Task Done_Failed_ComesAgainAfterItsBackoffButAnEventComesAtOnce()
    {
        _queue.Add(A);
        await TakeAsync();
        _queue.Done(A, failed: true);

        (_queue.Ready, _queue.Waiting).ShouldBe((0, 1));
        _queue.Add(A);
        (await TakeAsync()).ShouldBe(A);
    }

    [Fact]
    public async Task AddAfter_SeveralWishes_TheEarliestCounts()
    {
        _queue.AddAfter(A, TimeSpan.FromHours(1));
        _queue.AddAfter(A, TimeSpan.FromMilliseconds(20));
        _queue.AddAfter(A, TimeSpan.FromHours(2));

        (await TakeAsync()).ShouldBe(A);
        _queue.Done(A);
        _queue.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Done_WithATime_IsThatTime()
    {
        _queue.Add(A);
        await TakeAsync();

        _queue.Done(A, failed: true, again: TimeSpan.FromMilliseconds(20));

        (await TakeAsync()).ShouldBe(A);
    }

    [Theory]
    [InlineData(1, 0.75, 1.25, "the first pause, moved by up to a quarter")]
    [InlineData(4, 6, 10, "doubled three times")]
    [InlineData(60, 225, 375, "never beyond the limit")]
    public void Backoff_Failures_DoubleUpToTheLimit(int failures, double least, double most, string because) =>
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)).Pause(failures).TotalSeconds.ShouldBeInRange(least, most, because);

    private async Task<EntityKey> TakeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _queue.TakeAsync(limit.Token);
    }
}
