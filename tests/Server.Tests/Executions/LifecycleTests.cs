using System.Net;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Executions;

/// <summary>Line, cancel, suspend and resume, with real workers.</summary>
[Collection(ServeCollection.Name)]
public sealed class LifecycleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Submit_MoreThanTwo_WaitInLineWithAPositionAndDelayNobodyElse()
    {
        using var folder = new ServeFolder();
        var (alice, bob) = (folder.AddToken("alice"), folder.AddToken("bob"));
        await using var server = await ServerInProcess.StartAsync(folder);
        using var alices = server.Client(alice);
        using var bobs = server.Client(bob);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++) ids.Add(await alices.SubmitAsync(Workflows.Endless));

        await Task.WhenAll(alices.WaitForAsync(ids[0], "Running"), alices.WaitForAsync(ids[1], "Running"));
        var waiting = await Task.WhenAll(ids[2..].Select(async id => (await alices.GetAsync($"v1/executions/{id}")).Body));
        waiting.Select(w => w.GetProperty("phase").GetString()).ShouldBe(["Queued", "Queued"]);
        waiting.Select(w => w.GetProperty("queue").GetProperty("position").GetInt32()).ShouldBe([1, 2]);
        await bobs.WaitForAsync(await bobs.SubmitAsync(Workflows.Short), "Succeeded");

        using var socket = await alices.ListenAsync($"execution={ids[2]}");
        (await alices.SendAsync(HttpMethod.Delete, $"v1/executions/{ids[2]}")).Body.GetProperty("phase").GetString().ShouldBe("Cancelled", "it held nothing");
        (await socket.ReadUntilAsync(_ => true)).GetProperty("payload").GetProperty("reason").GetString().ShouldBe("CancelledByUser", "its user is told though no engine saw it");
        (await alices.SendAsync(HttpMethod.Delete, $"v1/executions/{ids[0]}")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await alices.WaitForAsync(ids[0], "Cancelled")).GetProperty("reason").GetString().ShouldBe("CancelledByUser");
        await alices.WaitForAsync(ids[3], "Running");
        (await alices.GetAsync("v1/executions?phase=running")).Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString())
            .ShouldBe([ids[3], ids[1]], "the newest first");
    }

    [Fact]
    public async Task Cancel_RunWithASession_ReleasesItFirst()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        var database = await postgres.CreateDatabaseAsync();
        folder.AddConnection(database);
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var id = await client.SubmitAsync(Workflows.LongQuery);
        await database.WaitForSessionsAsync(1, TimeSpan.FromSeconds(60), CancellationToken.None);

        await client.SendAsync(HttpMethod.Delete, $"v1/executions/{id}");
        var ended = await client.WaitForAsync(id, "Cancelled");

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
        ended.GetProperty("connections")[0].GetProperty("state").GetString().ShouldBe("Released");
        (await client.SendAsync(HttpMethod.Delete, $"v1/executions/{id}")).Status.ShouldBe(HttpStatusCode.OK, "repeating it changes nothing");
        (await client.PostAsync($"v1/executions/{id}/suspend")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await client.PostAsync($"v1/executions/{id}/resume")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Suspend_RunWithASession_ReleasesItAndResumesAsANewAttempt()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        var database = await postgres.CreateDatabaseAsync();
        folder.AddConnection(database);
        await database.ExecuteAsync("create table pace (seconds int); insert into pace values (300); grant select on pace to public", CancellationToken.None);
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var id = await client.SubmitAsync(Workflows.LongQuery.Replace("select pg_sleep(300)", "select pg_sleep(seconds) from pace", StringComparison.Ordinal));
        await database.WaitForSessionsAsync(1, TimeSpan.FromSeconds(60), CancellationToken.None);

        (await client.PostAsync($"v1/executions/{id}/suspend")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await client.WaitForAsync(id, "Suspended")).GetProperty("reason").GetString().ShouldBe("SuspendedByUser");
        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);

        await database.ExecuteAsync("update pace set seconds = 0", CancellationToken.None);
        (await client.PostAsync($"v1/executions/{id}/resume")).Status.ShouldBe(HttpStatusCode.Accepted);
        var ended = await client.WaitForAsync(id, "Succeeded");
        ended.GetProperty("attempt").GetInt32().ShouldBe(2);
        ended.GetProperty("result").GetProperty("attempt").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Resume_InterruptedRun_GoesOnFromItsCheckpointWithTheAnswer()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var id = await client.SubmitAsync(Workflows.Approval);

        var asked = await client.WaitForAsync(id, "Suspended");
        asked.GetProperty("result").GetProperty("state").GetProperty("question").GetString().ShouldBe("pay 250?");
        asked.GetProperty("result").TryGetProperty("checkpoint", out _).ShouldBeFalse("it is the server's own");
        (await client.PostAsync($"v1/executions/{id}/resume", "[]")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync($"v1/executions/{id}/resume", "{\"inputs\": {\"approved\": true}}")).Status.ShouldBe(HttpStatusCode.Accepted);

        var ended = await client.WaitForAsync(id, "Succeeded");
        ended.GetProperty("result").GetProperty("state").GetProperty("paid").GetInt32().ShouldBe(250);
        ended.GetProperty("result").GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("name").GetString()).ShouldBe(["pay"], "what was done is not done again");
    }

    [Fact]
    public async Task Suspend_QueuedRun_LeavesTheLineAndKeepsItsAttempt()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder, options: o => o with { Workers = 1 });
        using var client = server.Client(token);
        var running = await client.SubmitAsync(Workflows.Endless);
        await client.WaitForAsync(running, "Running");
        var queued = await client.SubmitAsync(Workflows.Short);

        (await client.PostAsync($"v1/executions/{queued}/suspend")).Body.GetProperty("phase").GetString().ShouldBe("Suspended");
        await client.SendAsync(HttpMethod.Delete, $"v1/executions/{running}");
        await client.WaitForAsync(running, "Cancelled");
        (await client.GetAsync($"v1/executions/{queued}")).Body.GetProperty("phase").GetString().ShouldBe("Suspended", "nothing starts it but its user");

        await client.PostAsync($"v1/executions/{queued}/resume");
        (await client.WaitForAsync(queued, "Succeeded")).GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Suspend_ResumedRun_KeepsItsCheckpointAndItsAnswer()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var id = await client.SubmitAsync(Workflows.Approval.Replace("return {paid", "sleep(state.pause or 0) return {paid", StringComparison.Ordinal));
        await client.WaitForAsync(id, "Suspended");
        await client.PostAsync($"v1/executions/{id}/resume", "{\"inputs\": {\"approved\": true, \"pause\": 300}}");
        await client.WaitForAsync(id, "Running");
        await client.PostAsync($"v1/executions/{id}/suspend");
        (await client.WaitForAsync(id, "Suspended")).GetProperty("reason").GetString().ShouldBe("SuspendedByUser");

        await client.PostAsync($"v1/executions/{id}/resume", "{\"inputs\": {\"pause\": 0}}");

        var ended = await client.WaitForAsync(id, "Succeeded");
        ended.GetProperty("attempt").GetInt32().ShouldBe(3);
        ended.GetProperty("result").GetProperty("state").GetProperty("paid").GetInt32().ShouldBe(250, "neither the question nor the answer was lost");
    }

    [Fact]
    public async Task Submit_WorkerIsMissing_FailsAndTellsTheUser()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder, settings => settings with { Worker = "/nonexistent/bulkhead-worker" });
        using var client = server.Client(token);
        using var socket = await client.ListenAsync();

        var id = await client.SubmitAsync(Workflows.Short);

        (await socket.ReadUntilAsync(_ => true)).GetProperty("payload").GetProperty("reason").GetString().ShouldBe("NotStarted");
        var (_, execution) = await client.GetAsync($"v1/executions/{id}");
        execution.GetProperty("phase").GetString().ShouldBe("Failed");
        execution.GetRawText().ShouldNotContain("nonexistent", customMessage: "the server's paths are its own");
    }

    [Fact]
    public async Task Events_Followed_EndWithTheRunAndAreTheSameAfterwards()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var id = await client.SubmitAsync(Workflows.Takes(0.3));

        var followed = await client.Http.GetStringAsync($"v1/executions/{id}/events?follow=true");
        await client.WaitForAsync(id, "Succeeded");

        var lines = followed.TrimEnd('\n').Split('\n').Select(l => System.Text.Json.JsonElement.Parse(l).GetProperty("type").GetString()).ToList();
        lines[0].ShouldBe("worker_started");
        lines[^1].ShouldBe("finish");
        (await client.Http.GetStringAsync($"v1/executions/{id}/events")).ShouldBe(followed);
    }

    [Fact]
    public async Task Submit_ConnectionOfAnotherTenant_IsRefusedAndItsOwnIsUsed()
    {
        using var folder = new ServeFolder();
        var (acme, globex) = (folder.AddToken("alice", "acme"), folder.AddToken("bob", "globex"));
        var (first, second) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        folder.AddConnection(first, tenant: "acme");
        folder.AddConnection(second, tenant: "globex");
        folder.AddConnection(second, "only-globex", "globex");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var alices = server.Client(acme);
        using var bobs = server.Client(globex);
        const string Where = "name: where\nnodes:\n  - {name: ask, type: sql, config: {connection: orders-db, query: select current_database() as name}}\n";

        foreach (var (client, database) in new[] { (alices, first), (bobs, second) })
        {
            var ended = await client.WaitForAsync(await client.SubmitAsync(Where), "Succeeded");
            ended.GetProperty("result").GetProperty("state").GetRawText().ShouldContain($"\"{database.Name}\"", customMessage: "one name, two tenants, two databases");
        }

        var (status, body) = await alices.PostAsync("v1/executions", Where.Replace("orders-db", "only-globex", StringComparison.Ordinal));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("faults")[0].GetProperty("class").GetString().ShouldBe("PERMISSION_ERROR");
    }
}
