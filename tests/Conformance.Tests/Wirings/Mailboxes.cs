using System.Collections.Concurrent;
using Bulkhead.Engine.Events;

namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>One mailbox per user, as a server has one socket per user. What arrives in a mailbox is what that user sees.</summary>
internal sealed class Mailboxes : IUserEventBridge
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<UserEvent>> _boxes = new(StringComparer.Ordinal);

    public int Count => _boxes.Values.Sum(box => box.Count);

    public IReadOnlyList<UserEvent> Of(string user) => _boxes.TryGetValue(user, out var box) ? [.. box] : [];

    public void Open(string user) => _boxes.TryAdd(user, new ConcurrentQueue<UserEvent>());

    public Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken)
    {
        Put(userEvent.UserId!, userEvent);
        return Task.CompletedTask;
    }

    /// <summary>A bridge that shows every event to everybody.</summary>
    public IUserEventBridge Broadcast() => new Broadcaster(this);

    private void Put(string user, UserEvent userEvent) => _boxes.GetOrAdd(user, _ => new ConcurrentQueue<UserEvent>()).Enqueue(userEvent);

    private sealed class Broadcaster(Mailboxes all) : IUserEventBridge
    {
        public Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken)
        {
            all.Open(userEvent.UserId!);
            foreach (var user in all._boxes.Keys) all.Put(user, userEvent);
            return Task.CompletedTask;
        }
    }
}
