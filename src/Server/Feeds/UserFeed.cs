using System.Buffers;
using System.Text.Json;
using Bulkhead.Engine.Events;

namespace Bulkhead.Server.Feeds;

/// <summary>
/// The last events of one user's runs, in order. Publishing never waits: readers have a place of their own in the ring, and one that
/// falls behind it has missed what was overwritten.
/// </summary>
internal sealed class UserFeed(string epoch)
{
    public const int Capacity = 1000;

    /// <summary>Most bytes of a ring; a user with large events keeps fewer of them.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Most bytes of one event; a larger one loses its values.</summary>
    public const int MaxEventBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<FeedEvent> _ring = new(Capacity);
    private TaskCompletionSource _grown = New();
    private long _last;
    private long _bytes;

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_lock) return _last;
        }
    }

    public void Publish(UserEvent userEvent)
    {
        lock (_lock)
        {
            var json = Json(userEvent, _last + 1);
            if (json.Length > MaxEventBytes)
                json = Json(userEvent with { Parameters = null, Results = null, FinalResponse = null, Payload = Truncated }, _last + 1);
            _ring.Enqueue(new FeedEvent(++_last, userEvent.ExecutionId, json));
            _bytes += json.Length;
            while (_ring.Count > Capacity || _bytes > MaxBytes) _bytes -= _ring.Dequeue().Json.Length;
            var grown = _grown;
            _grown = New();
            grown.SetResult();
        }
    }

    /// <summary>What came after an event.</summary>
    /// <returns>The events, how many between are gone, and what completes at the next event.</returns>
    public (IReadOnlyList<FeedEvent> Events, long Missed, Task Grown) After(long number)
    {
        lock (_lock)
        {
            var first = _last - _ring.Count + 1;
            return ([.. _ring.Where(e => e.Number > number)], Math.Max(0, first - 1 - number), _grown.Task);
        }
    }

    private static JsonElement Truncated { get; } = JsonElement.Parse("""{"truncated":true}""");

    private ReadOnlyMemory<byte> Json(UserEvent userEvent, long number)
    {
        var fields = JsonSerializer.SerializeToUtf8Bytes(userEvent, UserEventJson.Default.UserEvent);
        var id = JsonSerializer.SerializeToUtf8Bytes(new FeedPosition(epoch, number).ToString(), ServerJson.Default.String);
        var json = new ArrayBufferWriter<byte>(fields.Length + id.Length + 8);
        json.Write("{\"id\":"u8);
        json.Write(id);
        json.Write(","u8);
        json.Write(fields.AsSpan(1));
        return json.WrittenMemory;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
