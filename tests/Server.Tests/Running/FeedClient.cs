using System.Net.WebSockets;
using System.Text.Json;

namespace Bulkhead.Server.Tests.Running;

/// <summary>A user's real WebSocket. The hello has been read when it is there.</summary>
internal sealed class FeedClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();

    private FeedClient()
    {
    }

    /// <summary>The first frame.</summary>
    public JsonElement Hello { get; private set; }

    /// <summary>Everything but hello, in the order in which it came.</summary>
    public List<JsonElement> Frames { get; } = [];

    /// <summary>What came of the five kinds, without what the server itself says.</summary>
    public IReadOnlyList<JsonElement> Events => [.. Frames.Where(f => f.TryGetProperty("execution_id", out _))];

    /// <summary>What to come back with.</summary>
    public string LastId => Frames.FindLast(f => f.TryGetProperty("id", out _)) is { ValueKind: JsonValueKind.Object } last
        ? last.GetProperty("id").GetString()!
        : Hello.GetProperty("id").GetString()!;

    public static async Task<FeedClient> ConnectAsync(Uri address, string token, string query = "")
    {
        var client = new FeedClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await client._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "v1/events", Query = query }.Uri, CancellationToken.None);
        client.Hello = (await client.ReceiveAsync())!.Value;
        return client;
    }

    /// <summary>Reads until a frame is what was waited for, itself included.</summary>
    public async Task<JsonElement> ReadUntilAsync(Func<JsonElement, bool> wanted)
    {
        while (await ReceiveAsync() is { } frame)
        {
            Frames.Add(frame);
            if (wanted(frame)) return frame;
        }

        throw new InvalidOperationException($"The server closed the WebSocket ({_socket.CloseStatus}) after {Frames.Count} frames.");
    }

    /// <summary>Reads until so many runs have completed, counted over all that this client has seen.</summary>
    public async Task ReadCompletedAsync(int runs, int before = 0)
    {
        while (before + Frames.Count(f => Type(f) == "agent_completed") < runs) await ReadUntilAsync(_ => true);
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task<WebSocketCloseStatus?> ReadToTheEndAsync()
    {
        while (await ReceiveAsync() is { } frame) Frames.Add(frame);
        return _socket.CloseStatus;
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Break() => _socket.Abort();

    public static string Type(JsonElement frame) => frame.GetProperty("type").GetString()!;

    public void Dispose() => _socket.Dispose();

    /// <summary>One frame; null when the server has closed.</summary>
    private async Task<JsonElement?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return JsonElement.Parse(message.ToArray());
        }
    }
}
