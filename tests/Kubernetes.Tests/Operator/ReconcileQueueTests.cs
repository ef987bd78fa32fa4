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
    [InlineData(50, "a timer takes no more than 49.7 days")]
    [InlineData(24_855, "the longest time to live: 2^31 s")]
    public async Task Done_InLongerThanATimerTakes_WaitsAndKeepsNobody(int days, string because)
    {
        _queue.Add(A);
        await TakeAsync();

        _queue.Done(A, again: TimeSpan.FromDays(days));
        _queue.AddAfter(B, TimeSpan.FromMilliseconds(20));

        (await TakeAsync()).ShouldBe(B, because);
        (_queue.Ready, _queue.Waiting).ShouldBe((0, 1), because);
    }

    [Fact]
    public async Task AddAfter_LongerThanATimerSleeps_RipensWhenItIsDue()
    {
        var time = new TimerTime();
        using var queue = new ReconcileQueue(new(TimeSpan.FromHours(1), TimeSpan.FromHours(1)), time);
        queue.AddAfter(A, TimeSpan.FromDays(90));

        for (var day = 0; day < 90; day++)
        {
            queue.Ready.ShouldBe(0, $"day {day}");
            time.Sleep();
        }

        time.Sleep();
        (queue.Ready, time.Longest).ShouldBe((1, TimeSpan.FromDays(1)));
        (await queue.TakeAsync(CancellationToken.None)).ShouldBe(A);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5000)]
    public async Task Done_WithATimeThatHasPassed_PausesAllTheSame(int milliseconds)
    {
        var time = new TimerTime();
        using var queue = new ReconcileQueue(new(TimeSpan.FromHours(1), TimeSpan.FromHours(1)), time);
        queue.Add(A);
        await queue.TakeAsync(CancellationToken.None);

        queue.Done(A, again: TimeSpan.FromMilliseconds(milliseconds));

        time.Longest.TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(100, "a key that comes again at once would keep a worker to itself");
        time.Sleep();
        queue.Ready.ShouldBe(1);
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
