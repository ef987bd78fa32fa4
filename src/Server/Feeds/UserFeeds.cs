using System.Collections.Concurrent;
using Bulkhead.Engine.Events;
using Bulkhead.Server.Access;

namespace Bulkhead.Server.Feeds;

/// <summary>The bridge between runs and WebSockets: one ring for each user. An event reaches its own user's ring, and nothing else.</summary>
internal sealed class UserFeeds : IUserEventBridge
{
    private readonly ConcurrentDictionary<Owner, UserFeed> _feeds = [];
    private long _blocked;

    /// <summary>Changes with every start.</summary>
    public string Epoch { get; } = Guid.NewGuid().ToString("n")[..8];

    public UserFeed Of(Owner owner) => _feeds.GetOrAdd(owner, _ => new UserFeed(Epoch));

    /// <summary>Events that belonged to nobody.</summary>
    public long Blocked => Interlocked.Read(ref _blocked);

    /// <summary>The emitter blocks what has no owner; should anything get past it, it ends here.</summary>
    public Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(userEvent.UserId) || string.IsNullOrWhiteSpace(userEvent.RunId) || userEvent.RunId == "registry")
        {
            Interlocked.Increment(ref _blocked);
            return Task.CompletedTask;
        }

        Of(new Owner(userEvent.TenantId, userEvent.UserId)).Publish(userEvent);
        return Task.CompletedTask;
    }
}
