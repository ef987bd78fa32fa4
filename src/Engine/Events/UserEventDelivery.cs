using System.Threading.Channels;

namespace Bulkhead.Engine.Events;

/// <summary>
/// The bounded queue between a run and its listener, emptied by one task, so that order is kept. The run only ever enqueues.
/// </summary>
internal sealed class UserEventDelivery : IAsyncDisposable
{
    private readonly Channel<UserEvent> _waiting = Channel.CreateUnbounded<UserEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _abandoned = new();
    private readonly IUserEventBridge _bridge;
    private readonly UserEventOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lazy<Task> _delivering;
    private int _pending;
    private long _delivered;
    private long _dropped;
    private long _retried;

    public UserEventDelivery(IUserEventBridge bridge, UserEventOptions options, TimeProvider clock)
    {
        (_bridge, _options, _clock) = (bridge, options, clock);
        _delivering = new Lazy<Task>(() => Task.Run(DeliverAllAsync));
    }

    public UserEventCounts Counts(long blocked) =>
        new(Interlocked.Read(ref _delivered), Interlocked.Read(ref _dropped), blocked, Interlocked.Read(ref _retried));

    /// <param name="userEvent">What to deliver.</param>
    /// <param name="last">The run's last event has a place even in a full queue.</param>
    public bool TryEnqueue(UserEvent userEvent, bool last)
    {
        var waiting = Interlocked.Increment(ref _pending);
        if ((waiting <= _options.QueueCapacity || last) && _waiting.Writer.TryWrite(userEvent))
        {
            _ = _delivering.Value;
            return true;
        }

        Interlocked.Decrement(ref _pending);
        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Gives what waits a short while, then lets go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete()) return;
        if (_delivering.IsValueCreated)
            await _delivering.Value.WaitAsync(_options.DrainTimeout, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abandoned.CancelAsync();
        Interlocked.Add(ref _dropped, Interlocked.Exchange(ref _pending, 0));
    }

    private async Task DeliverAllAsync()
    {
        await foreach (var userEvent in _waiting.Reader.ReadAllAsync())
        {
            if (_abandoned.IsCancellationRequested) return;
            var delivered = await DeliverAsync(userEvent);
            if (_abandoned.IsCancellationRequested) return;
            Interlocked.Decrement(ref _pending);
            Interlocked.Increment(ref delivered ? ref _delivered : ref _dropped);
        }
    }

    private async Task<bool> DeliverAsync(UserEvent userEvent)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await TryOnceAsync(userEvent)) return true;
            if (attempt >= _options.Retries || _abandoned.IsCancellationRequested) return false;
            Interlocked.Increment(ref _retried);
            await Task.Delay(_options.RetryDelay * (1 << attempt), _clock, _abandoned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryOnceAsync(UserEvent userEvent)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token);
        try
        {
            var sending = _bridge.SendAsync(userEvent, time.Token);
            await sending.WaitAsync(_options.SendTimeout, _clock, _abandoned.Token);
            return true;
        }
        catch (Exception)
        {
            await time.CancelAsync();
            return false;
        }
    }
}
