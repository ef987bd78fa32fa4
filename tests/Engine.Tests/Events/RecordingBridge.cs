using System.Collections.Concurrent;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Tests.Events;

/// <summary>Keeps what arrives; a test may make it fail or hang.</summary>
internal sealed class RecordingBridge : IUserEventBridge
{
    private int _attempts;

    public ConcurrentQueue<UserEvent> Received { get; } = new();

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Called with the number of the attempt, from 1.</summary>
    public Func<int, Task> Behaviour { get; init; } = _ => Task.CompletedTask;

    public async Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken)
    {
        await Behaviour(Interlocked.Increment(ref _attempts));
        Received.Enqueue(userEvent);
    }
}
