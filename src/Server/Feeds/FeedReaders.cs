using Bulkhead.Server.Access;

namespace Bulkhead.Server.Feeds;

/// <summary>Counts the WebSockets of each user.</summary>
/// <param name="sendTimeout">Time of one send to a reader.</param>
internal sealed class FeedReaders(TimeSpan sendTimeout)
{
    public const int MaxPerUser = 20;
    private readonly Lock _lock = new();
    private readonly Dictionary<Owner, int> _open = [];

    public TimeSpan SendTimeout => sendTimeout;

    public bool TryEnter(Owner owner)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(owner);
            if (open >= MaxPerUser) return false;
            _open[owner] = open + 1;
            return true;
        }
    }

    public void Leave(Owner owner)
    {
        lock (_lock)
        {
            if (--_open[owner] == 0) _open.Remove(owner);
        }
    }
}
