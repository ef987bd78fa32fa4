using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Server.Feeds;

/// <summary>What the server itself says on a WebSocket, beside the events: hello, heartbeat, dropped.</summary>
internal sealed record FeedFrame
{
    /// <summary><c>hello</c>: the first frame; <c>heartbeat</c>; <c>dropped</c>: events that this reader missed.</summary>
    public required string Type { get; init; }

    /// <summary>hello and heartbeat: the reader's place. Who comes back with it misses nothing.</summary>
    public string? Id { get; init; }

    /// <summary>heartbeat: the server's time.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>dropped: how many.</summary>
    public long? Count { get; init; }

    /// <summary>hello: whether the ring goes on from the id that was given; false when it was another server's.</summary>
    public bool? Resumed { get; init; }

    [JsonIgnore]
    public ReadOnlyMemory<byte> Json => JsonSerializer.SerializeToUtf8Bytes(this, ServerJson.Default.FeedFrame);
}
