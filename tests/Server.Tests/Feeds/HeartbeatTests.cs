using Bulkhead.Server.Feeds;
using Bulkhead.Server.Tests.Running;
using Bulkhead.Testing.Time;

namespace Bulkhead.Server.Tests.Feeds;

public sealed class HeartbeatTests
{
    [Fact]
    public async Task Listen_NothingHappens_HearsAHeartbeatEvery30Seconds()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        var clock = new ManualClock();
        await using var server = await ServerInProcess.StartAsync(folder, settings => settings with { Clock = clock });
        var before = clock.Timers;
        using var client = server.Client(token);
        using var socket = await client.ListenAsync();
        await Eventually.IsTrueAsync(() => clock.Timers > before, "the socket waits for its heartbeat");

        clock.Advance(FeedSocket.HeartbeatInterval - TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var first = await socket.ReadUntilAsync(_ => true);
        FeedClient.Type(first).ShouldBe("heartbeat");
        first.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero));

        clock.Advance(FeedSocket.HeartbeatInterval);
        (await socket.ReadUntilAsync(_ => true)).GetProperty("timestamp").GetDateTimeOffset().Second.ShouldBe(0);
        HeartbeatInterval.ShouldBe(FeedSocket.HeartbeatInterval);
    }

    private static TimeSpan HeartbeatInterval => TimeSpan.FromSeconds(30);
}
