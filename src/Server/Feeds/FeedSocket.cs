using System.Net.WebSockets;

namespace Bulkhead.Server.Feeds;

/// <summary>
/// One WebSocket of one user: sends what the ring has after the reader's place, and a heartbeat. A send that does not end in time
/// drops the reader; nothing else waits for it.
/// </summary>
internal sealed class FeedSocket(WebSocket socket, UserFeed feed, string epoch, FeedFilter filter, TimeProvider clock)
{
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(30);

    /// <summary>Time of one send.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    private const int MaxClientMessage = 1024;

    /// <summary>Events that this reader missed because it was too slow, or came back too late.</summary>
    public long Missed { get; private set; }

    /// <summary>True when it was dropped because it did not read.</summary>
    public bool WasSlow { get; private set; }

    /// <param name="last">The last event that the reader has seen; null: only what is new.</param>
    /// <param name="cancellationToken">The server stops, or the token is no longer valid.</param>
    public async Task RunAsync(FeedPosition? last, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAllAsync(last, ended.Token);
        var receiving = ReceiveUntilClosedAsync();
        await Task.WhenAny(sending, receiving);
        await ended.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync(cancellationToken.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure, receiving);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAllAsync(FeedPosition? last, CancellationToken cancellationToken)
    {
        var resumed = last is null || last.Value.Epoch == epoch;
        var place = last is { } id ? (resumed ? id.Number : 0) : feed.Last;
        await SendAsync(new FeedFrame { Type = "hello", Id = Id(place), Resumed = last is null ? null : resumed }.Json, cancellationToken);
        using var timer = new PeriodicTimer(HeartbeatInterval, clock);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        while (true)
        {
            var (events, missed, grown) = feed.After(place);
            if (missed > 0) await TellMissedAsync(missed, cancellationToken);
            foreach (var e in events.Where(e => filter.Takes(e.ExecutionId))) await SendAsync(e.Json, cancellationToken);
            if (events.Count > 0)
            {
                place = events[^1].Number;
                continue;
            }

            if (await Task.WhenAny(grown, tick) != tick) continue;
            await tick;
            await SendAsync(new FeedFrame { Type = "heartbeat", Id = Id(place), Timestamp = clock.GetUtcNow() }.Json, cancellationToken);
            tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        }
    }

    private Task TellMissedAsync(long missed, CancellationToken cancellationToken)
    {
        Missed += missed;
        return SendAsync(new FeedFrame { Type = "dropped", Count = missed }.Json, cancellationToken);
    }

    private string Id(long place) => new FeedPosition(epoch, place).ToString();

    private async Task SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        try
        {
            await socket.SendAsync(json, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, either.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            WasSlow = true;
            throw;
        }
    }

    /// <summary>
    /// A client has nothing to say here; what it says is read and thrown away, up to a size. A cancelled read would break the connection
    /// before its close is said: the socket's end ends it.
    /// </summary>
    private async Task ReceiveUntilClosedAsync()
    {
        var buffer = new byte[MaxClientMessage];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) return;
            if (!received.EndOfMessage) return;
        }
    }

    /// <summary>Says the close and waits a short while for the client's.</summary>
    private async Task CloseAsync(WebSocketCloseStatus status, Task receiving)
    {
        if (WasSlow || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            socket.Abort();
            return;
        }

        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        try
        {
            await socket.CloseOutputAsync(status, statusDescription: null, time.Token);
            await receiving.WaitAsync(time.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }
}
