using System.Text.Json;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Executions;

/// <summary>What the database shows after the server was killed and started again. The oracle counts the sessions of the role, not of the tag.</summary>
[Collection(ServeCollection.Name)]
public sealed class HardDeathTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false, "the worker hears of it and releases by itself")]
    [InlineData(true, "nobody is left: the next start must have ended the session by owner tag")]
    public async Task Serve_Killed_LeavesNoSessionAfterTheRestart(bool workerToo, string because)
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        var database = await postgres.CreateDatabaseAsync();
        folder.AddConnection(database, serverExpiry: false);
        string id;
        using (var first = await ServeProcess.StartAsync(folder))
        {
            using var client = first.Client(token);
            id = await client.SubmitAsync(Workflows.LongQuery);
            await client.WaitForAsync(id, "Running");
            await Eventually.IsTrueAsync(() => IsQuerying(database), "the query runs", TimeSpan.FromSeconds(60));
            var worker = await WorkerOfAsync(client, id);
            if (workerToo)
            {
                first.Signal("STOP");
                ServeProcess.SignalTo(worker, "KILL");
                await Eventually.IsTrueAsync(() => IsGone(worker), "the worker is gone while its server sleeps");
                (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(1, "the killed worker's query runs on");
            }

            await first.KillAsync();
        }

        using var second = await ServeProcess.StartAsync(folder);
        using var again = second.Client(token);
        await Eventually.IsTrueAsync(() => again.Http.GetAsync("readyz").GetAwaiter().GetResult().IsSuccessStatusCode, "the server has recovered", TimeSpan.FromSeconds(60));

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0, because);
        var (_, execution) = await again.GetAsync($"v1/executions/{id}");
        execution.GetProperty("phase").GetString().ShouldBe("Failed");
        execution.GetProperty("reason").GetString().ShouldBe("ServerRestarted");
        execution.GetProperty("connections")[0].GetProperty("state").GetString().ShouldBe("Released");
    }

    /// <summary>The worker's process id, from its first event.</summary>
    private static async Task<int> WorkerOfAsync(ApiClient client, string id)
    {
        while (true)
        {
            var events = await client.Http.GetStringAsync($"v1/executions/{id}/events");
            if (events.Split('\n')[0] is ['{', ..] first) return JsonElement.Parse(first).GetProperty("pid").GetInt32();
            await Task.Delay(20);
        }
    }

    private static bool IsQuerying(PostgresDatabase database) => database.ScalarAsync<long>(
        $"select count(*) from pg_stat_activity where usename = '{database.Role}' and state = 'active' and query like '%pg_sleep%'", CancellationToken.None).GetAwaiter().GetResult() == 1;

    /// <summary>Gone, or dead and not yet collected by its stopped parent.</summary>
    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
