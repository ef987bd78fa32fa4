using Bulkhead.Server.Access;
using Bulkhead.Server.Executions;
using Bulkhead.Server.Feeds;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Http;

/// <summary>
/// <c>GET /v1/events</c> as a WebSocket: the five kinds of event of the caller's own runs. <c>execution=ID</c> (repeatable) narrows it,
/// <c>last_event_id=ID</c> goes on after an event, <c>last_event_id=0</c> begins with the oldest that is kept.
/// </summary>
internal sealed class FeedEndpoint(ExecutionIndex index, UserFeeds feeds, FeedReaders readers, ServerMeter meter, TimeProvider clock, ILogger log, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext http)
    {
        var caller = Callers.Of(http);
        var wanted = http.Request.Query["execution"].OfType<string>().ToList();
        if (wanted.Exists(id => index.Find(id, caller.Owner) is null)) await Answer.NotFoundAsync(http);
        else if (!http.WebSockets.IsWebSocketRequest)
            await Answer.ProblemAsync(http, StatusCodes.Status426UpgradeRequired, "UPGRADE_REQUIRED", "This address speaks WebSocket only.");
        else if (!readers.TryEnter(caller.Owner))
            await Answer.ProblemAsync(http, StatusCodes.Status429TooManyRequests, "TOO_MANY_READERS", $"{FeedReaders.MaxPerUser} WebSockets are open already.");
        else await ServeAsync(http, caller, new FeedFilter(wanted));
    }

    private async Task ServeAsync(HttpContext http, Caller caller, FeedFilter filter)
    {
        var offered = http.WebSockets.WebSocketRequestedProtocols.Contains(Callers.Subprotocol);
        meter.SocketOpened();
        FeedSocket? reader = null;
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(offered ? Callers.Subprotocol : null);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, caller.Revoked, http.RequestAborted);
            reader = new FeedSocket(socket, feeds.Of(caller.Owner), feeds.Epoch, filter, clock) { SendTimeout = readers.SendTimeout };
            await reader.RunAsync(LastEvent(http), end.Token);
        }
        finally
        {
            if (reader is { WasSlow: true }) Log.SlowReader(log, caller.Owner.TenantId, caller.Owner.UserId);
            meter.SocketClosed(reader?.WasSlow ?? false, reader?.Missed ?? 0);
            readers.Leave(caller.Owner);
        }
    }

    private FeedPosition? LastEvent(HttpContext http) => http.Request.Query["last_event_id"] is [{ Length: > 0 } text]
        ? text == "0" ? new FeedPosition(feeds.Epoch, 0) : FeedPosition.Parse(text) ?? new FeedPosition("?", 0)
        : null;
}
