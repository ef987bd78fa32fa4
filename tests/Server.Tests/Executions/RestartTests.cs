using System.Net;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Executions;

/// <summary>What survives, and how a server is stopped.</summary>
[Collection(ServeCollection.Name)]
public sealed class RestartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Serve_StartedAgain_KnowsFinishedRunsAndStartsThoseThatWaited()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        string done, waited;
        using (var first = await ServeProcess.StartAsync(folder, "--workers", "1"))
        {
            using var client = first.Client(token);
            done = await client.SubmitAsync(Workflows.Short);
            await client.WaitForAsync(done, "Succeeded");
            await client.WaitForAsync(await client.SubmitAsync(Workflows.Endless), "Running");
            waited = await client.SubmitAsync(Workflows.Short);
            await first.KillAsync();
        }

        Directory.CreateDirectory(Path.Combine(folder.Data, "executions", "broken"));
        using var second = await ServeProcess.StartAsync(folder);
        using var again = second.Client(token);
        (await again.GetAsync($"v1/executions/{done}")).Body.GetProperty("result").GetProperty("state").GetProperty("done").GetBoolean().ShouldBeTrue();
        (await again.Http.GetStringAsync($"v1/executions/{done}/events?follow=true")).ShouldContain("\"type\":\"finish\"");
        (await again.WaitForAsync(waited, "Succeeded")).GetProperty("attempt").GetInt32().ShouldBe(1);
        (await again.GetAsync("v1/executions")).Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("phase").GetString())
            .ShouldBe(["Succeeded", "Failed", "Succeeded"]);

        second.Signal("TERM");
        var (exitCode, log) = await second.EndAsync();
        exitCode.ShouldBe(0, log);
        log.ShouldContain("The folder broken holds no record that can be read");
    }

    [Fact]
    public async Task Serve_ToldToStop_TakesNothingNewAndWaitsForWhatRuns()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        using var server = await ServeProcess.StartAsync(folder, "--drain", "60s");
        using var client = server.Client(token);
        using var socket = await client.ListenAsync();
        var id = await client.SubmitAsync(Workflows.Takes(4));
        await client.WaitForAsync(id, "Running");

        server.Signal("TERM");
        await Eventually.IsTrueAsync(() => client.GetAsync("readyz").GetAwaiter().GetResult().Status == HttpStatusCode.ServiceUnavailable, "it drains");
        var (status, body) = await client.PostAsync("v1/executions", Workflows.Short);
        (status, body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.ServiceUnavailable, "DRAINING"));
        await socket.ReadCompletedAsync(1);
        (await server.EndAsync()).ExitCode.ShouldBe(0);

        socket.Frames[^1].GetProperty("status").GetString().ShouldBe("succeeded", "it was let run to its end");
    }

    [Fact]
    public async Task Serve_DrainOver_CancelsReleasesAndKeepsTheRecord()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        var database = await postgres.CreateDatabaseAsync();
        folder.AddConnection(database, serverExpiry: false);
        string id;
        using (var server = await ServeProcess.StartAsync(folder, "--drain", "500ms"))
        {
            using var client = server.Client(token);
            id = await client.SubmitAsync(Workflows.LongQuery);
            await database.WaitForSessionsAsync(1, TimeSpan.FromSeconds(60), CancellationToken.None);
            server.Signal("TERM");
            (await server.EndAsync()).ExitCode.ShouldBe(0);
            (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0, "released before the server ended");
        }

        using var second = await ServeProcess.StartAsync(folder);
        using var again = second.Client(token);
        var (_, execution) = await again.GetAsync($"v1/executions/{id}");
        execution.GetProperty("phase").GetString().ShouldBe("Cancelled");
        execution.GetProperty("reason").GetString().ShouldBe("ServerStopped");
        execution.GetProperty("connections")[0].GetProperty("state").GetString().ShouldBe("Released");
    }

    [Fact]
    public async Task List_OfManyRuns_IsPagedWithoutGapOrRepetition()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder, options: o => o with { Workers = 1 });
        using var client = server.Client(token);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++) ids.Add(await client.SubmitAsync(Workflows.Endless));

        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var (_, page) = await client.GetAsync($"v1/executions?limit=3&continue={next}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            next = page.TryGetProperty("continue", out var token2) ? token2.GetString() : null;
        }

        seen.ShouldBe(Enumerable.Reverse(ids));
    }
}
