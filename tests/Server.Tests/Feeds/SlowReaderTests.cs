using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Bulkhead.Engine.Events;
using Bulkhead.Server.Feeds;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Feeds;

/// <summary>A client that stops reading.</summary>
[Collection(ServeCollection.Name)]
public sealed class SlowReaderTests
{
    [Fact]
    public async Task Listen_ClientThatStopsReading_IsDroppedAndSlowsNobody()
    {
        using var folder = new ServeFolder();
        var (alice, bob, scraper) = (folder.AddToken("alice"), folder.AddToken("bob"), folder.AddToken("scraper", "local", "metrics"));
        await using var server = await ServerInProcess.StartAsync(folder, settings => settings with { SendTimeout = TimeSpan.FromSeconds(1) });
        using var deaf = await DeafSocketAsync(server.Host.Address, alice);
        using var alices = server.Client(alice);
        using var bobs = server.Client(bob);
        using var normal = await alices.ListenAsync();
        using var toBob = await bobs.ListenAsync();

        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1500; i++) await server.Host.Feeds.SendAsync(Large("alice"), CancellationToken.None);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10), "publishing waits for no reader");
        var ids = await Task.WhenAll(alices.SubmitAsync(Workflows.Short), bobs.SubmitAsync(Workflows.Short));
        await Task.WhenAll(normal.ReadCompletedAsync(1), toBob.ReadCompletedAsync(1));

        await Task.WhenAll(alices.WaitForAsync(ids[0], "Succeeded"), bobs.WaitForAsync(ids[1], "Succeeded"));
        using var metrics = server.Client(scraper);
        await Eventually.IsTrueAsync(
            () => metrics.Http.GetStringAsync("metrics").GetAwaiter().GetResult().Contains("bulkhead_slow_readers_total 1\n", StringComparison.Ordinal),
            "the deaf reader is dropped and counted");
    }

    [Fact]
    public async Task Listen_BehindTheRing_IsToldHowManyItMissed()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        for (var i = 0; i < UserFeed.Capacity + 50; i++) await server.Host.Feeds.SendAsync(Small("alice"), CancellationToken.None);

        using var socket = await client.ListenAsync("last_event_id=0");
        await socket.ReadUntilAsync(f => f.TryGetProperty("id", out var id) && id.GetString()!.EndsWith($"-{UserFeed.Capacity + 50}", StringComparison.Ordinal));

        FeedClient.Type(socket.Frames[0]).ShouldBe("dropped");
        socket.Frames[0].GetProperty("count").GetInt64().ShouldBe(50);
        socket.Frames.Count.ShouldBe(UserFeed.Capacity + 1);
    }

    [Fact]
    public async Task Listen_IdOfAnotherServer_BeginsAnewAndSaysSo()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        await server.Host.Feeds.SendAsync(Small("alice"), CancellationToken.None);

        using var socket = await client.ListenAsync("last_event_id=0a1b2c3d-900");

        socket.Hello.GetProperty("resumed").GetBoolean().ShouldBeFalse();
        FeedClient.Type(await socket.ReadUntilAsync(_ => true)).ShouldBe("agent_thinking");
    }

    private static UserEvent Small(string user) => Large(user) with { Payload = null };

    /// <summary>About 60 KB.</summary>
    private static UserEvent Large(string user) => new()
    {
        Type = UserEventKind.AgentThinking,
        UserId = user,
        RunId = "run-1",
        ThreadId = "thread-1",
        ExecutionId = "exec_1",
        TenantId = "local",
        AgentName = "x",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Payload = JsonSerializer.SerializeToElement(new string('x', 60_000)),
    };

    /// <summary>A WebSocket that shakes hands, takes little and then reads nothing.</summary>
    private static async Task<Socket> DeafSocketAsync(Uri address, string token)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port));
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var answer = new byte[256];
        var read = await socket.ReceiveAsync(answer);
        Encoding.ASCII.GetString(answer, 0, read).ShouldStartWith("HTTP/1.1 101");
        return socket;
    }
}
