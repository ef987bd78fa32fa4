using System.Net;
using System.Text.Json;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Engine.Events;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Users;

/// <summary>The rows about users and their events, with real WebSocket clients, real workers and a real PostgreSQL.</summary>
[Collection(ServeCollection.Name)]
public sealed class IsolationRows(PostgresFixture postgres)
{
    private const int Users = 10;
    private const int Runs = 3;

    // agent_started, two agent_thinking, tool_executing, tool_completed, agent_completed
    private const int EventsOfARun = 6;

    [Fact(DisplayName = "SSOT-4-serve 10 users x 3 runs: each client receives exactly its own events, in order, across a reconnect")]
    [Trait("Seed", "SSOT-4")]
    public async Task Ssot4()
    {
        using var folder = new ServeFolder();
        var database = await postgres.CreateDatabaseAsync();
        var users = Enumerable.Range(0, Users).Select(i => (Name: $"user-{i}", Tenant: i % 2 == 0 ? "acme" : "globex")).ToList();
        foreach (var tenant in new[] { "acme", "globex" }) folder.AddConnection(database, tenant: tenant);
        var tokens = users.ToDictionary(u => u.Name, u => folder.AddToken(u.Name, u.Tenant));
        using var server = await ServeProcess.StartAsync(folder);

        var heard = await Task.WhenAll(users.Select(async user =>
        {
            using var client = server.Client(tokens[user.Name]);
            return (user.Name, user.Tenant, Frames: await RunAndReconnectAsync(client, user.Name));
        }));

        foreach (var (name, tenant, frames) in heard) CheckOwnEvents(name, tenant, frames, users.Select(u => u.Name));
        heard.Sum(h => h.Frames.Count).ShouldBe(Users * Runs * EventsOfARun);
        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact(DisplayName = "SSOT-5-serve an event without a user or a run reaches no socket and is counted")]
    [Trait("Seed", "SSOT-5")]
    public async Task Ssot5()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        folder.AddToken("scraper", "local", "metrics");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        using var socket = await client.ListenAsync();

        foreach (var (user, run) in new (string?, string?)[] { (null, "run-1"), ("", "run-1"), ("alice", null), ("alice", ""), ("alice", "registry") })
            await server.Host.Feeds.SendAsync(Event(user, run), CancellationToken.None);
        await server.Host.Feeds.SendAsync(Event("alice", "run-2"), CancellationToken.None);

        var first = await socket.ReadUntilAsync(_ => true);
        first.GetProperty("run_id").GetString().ShouldBe("run-2");
        first.GetProperty("id").GetString().ShouldEndWith("-1", Case.Sensitive, "the blocked ones took no place");
        server.Host.Feeds.Blocked.ShouldBe(5);
    }

    [Fact(DisplayName = "UEC-06-serve two users' events are their own, and nobody can subscribe to another's run")]
    [Trait("Seed", "UEC-06")]
    public async Task Uec06()
    {
        using var folder = new ServeFolder();
        var (alice, bob) = (folder.AddToken("alice"), folder.AddToken("bob"));
        await using var server = await ServerInProcess.StartAsync(folder);
        using var alices = server.Client(alice);
        using var bobs = server.Client(bob);
        using var toAlice = await alices.ListenAsync();
        using var toBob = await bobs.ListenAsync();

        var ids = await Task.WhenAll(alices.SubmitAsync(Workflows.Short), bobs.SubmitAsync(Workflows.Short));
        await Task.WhenAll(toAlice.ReadCompletedAsync(1), toBob.ReadCompletedAsync(1));

        toAlice.Events.Select(f => f.GetProperty("execution_id").GetString()).Distinct().ShouldBe([ids[0]]);
        toBob.Events.Select(f => f.GetProperty("execution_id").GetString()).Distinct().ShouldBe([ids[1]]);
        (await bobs.GetAsync($"v1/events?execution={ids[0]}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bobs.GetAsync($"v1/events?execution=exec_{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bobs.GetAsync($"v1/events?execution={ids[1]}")).Status.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    [Fact]
    public async Task Listen_WithAnExecution_HearsOfThatRunOnly()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var (first, second) = (await client.SubmitAsync(Workflows.Short), await client.SubmitAsync(Workflows.Short));

        using var socket = await client.ListenAsync($"execution={second}&last_event_id=0");
        await socket.ReadCompletedAsync(1);

        socket.Events.Select(f => f.GetProperty("execution_id").GetString()).Distinct().ShouldBe([second]);
        await client.WaitForAsync(first, "Succeeded");
    }

    /// <summary>Submits the runs, breaks the connection somewhere in the middle, and goes on where it was.</summary>
    private static async Task<List<JsonElement>> RunAndReconnectAsync(ApiClient client, string mark)
    {
        using var before = await client.ListenAsync();
        var ids = new List<string>();
        for (var run = 0; run < Runs; run++) ids.Add(await client.SubmitAsync(Workflows.Marked($"{mark}-secretless-{run}")));
        while (before.Events.Count <= EventsOfARun) await before.ReadUntilAsync(_ => true);
        before.Break();

        using var after = await client.ListenAsync($"last_event_id={before.LastId}");
        after.Hello.GetProperty("resumed").GetBoolean().ShouldBeTrue();
        await after.ReadCompletedAsync(Runs, before.Frames.Count(f => FeedClient.Type(f) == "agent_completed"));
        foreach (var id in ids) (await client.WaitForAsync(id, "Succeeded")).GetProperty("user_id").GetString().ShouldBe(mark);
        return [.. before.Events, .. after.Events];
    }

    private static void CheckOwnEvents(string user, string tenant, List<JsonElement> frames, IEnumerable<string> users)
    {
        frames.Select(f => f.GetProperty("id").GetString()!.Split('-')[1]).ShouldBe(Enumerable.Range(1, Runs * EventsOfARun).Select(n => $"{n}"), "each once, in order");
        frames.ShouldAllBe(f => f.GetProperty("user_id").GetString() == user && f.GetProperty("tenant_id").GetString() == tenant);
        var all = string.Join('\n', frames.Select(f => f.GetRawText()));
        foreach (var other in users.Where(u => u != user)) all.ShouldNotContain($"\"{other}");
        var runs = frames.GroupBy(f => f.GetProperty("execution_id").GetString()).ToList();
        runs.Count.ShouldBe(Runs);
        foreach (var run in runs)
        {
            run.Select(FeedClient.Type).ShouldBe(["agent_started", "agent_thinking", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"]);
            run.Select(f => f.GetProperty("run_id").GetString()).Distinct().Count().ShouldBe(1);
            run.Where(f => FeedClient.Type(f) == "agent_thinking").Select(f => f.GetProperty("payload").GetProperty("step").GetInt32()).ShouldBe([1, 2]);
            run.Last().GetProperty("status").GetString().ShouldBe("succeeded");
        }
    }

    private static UserEvent Event(string? user, string? run) => new()
    {
        Type = UserEventKind.AgentStarted,
        UserId = user,
        RunId = run,
        ThreadId = "thread-1",
        ExecutionId = "exec_1",
        TenantId = "local",
        AgentName = "x",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
