namespace Bulkhead.Engine.Events;

/// <summary>
/// The way out to users' listeners (a WebSocket of the server, lines on a terminal). One event at a time per run, in order.
/// A bridge may be slow, hang or throw: the run does not notice.
/// </summary>
public interface IUserEventBridge
{
    /// <summary>Delivers to the listeners of the event's user only. Throws when it could not; the caller tries again.</summary>
    Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken);
}
