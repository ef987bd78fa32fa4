using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Cli.Tests;

/// <summary>
/// What the server shows after a process died in the middle of a query. The oracle counts the sessions of the role, not of the tag, and a
/// session was really there before.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class HardDeathTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(true, "the server may also notice by itself")]
    [InlineData(false, "the server notices nothing by itself: the release must have done it")]
    public async Task Run_WorkerKilledInMidQuery_FailsAndLeavesNoSession(bool serverExpiry, string because)
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        var worker = (await run.WaitForEventAsync("worker_started")).GetProperty("pid").GetInt32();
        await LongQuery.WaitAsync(database);

        CliRun.SignalTo(worker, "KILL");
        var end = await run.EndAsync();

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0, because);
        end.ExitCode.ShouldBe(1, end.Error);
        end.Result.Phase.ShouldBe(ExecutionPhase.Failed);
        end.Result.Reason.ShouldBe("WorkerDied");
        if (!serverExpiry) end.Result.Message!.ShouldContain("Sessions ended by owner tag: 1");
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
        end.Result.Nodes.ShouldHaveSingleItem().Error!.ShouldContain("died while this node ran");
    }

    [Fact]
    public async Task Run_CliKilled_WorkerEndsByItselfAndReleases()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        var started = await run.WaitForEventAsync("worker_started");
        await LongQuery.WaitAsync(database);
        var uid = started.GetProperty("execution_id").GetString()!["exec_".Length..].Replace("-", "", StringComparison.Ordinal);

        run.Kill();

        await database.WaitForSessionsAsync(0, TimeSpan.FromSeconds(10), CancellationToken.None);
        await WaitUntilGoneAsync(started.GetProperty("pid").GetInt32());
        Directory.EnumerateDirectories("/dev/shm", $"*{uid}*").ShouldBeEmpty("the worker removes the directory with the credentials");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_CliToldToStop_CancelsReleasesAndExits130(string signal)
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        await run.WaitForEventAsync("worker_started");
        await LongQuery.WaitAsync(database);

        run.Signal(signal);
        var end = await run.EndAsync();

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
        end.ExitCode.ShouldBe(130, end.Error);
        end.Result.Phase.ShouldBe(ExecutionPhase.Cancelled);
    }

    [Fact]
    public async Task Run_WorkerToldToStop_ReleasesAndProves()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        var worker = (await run.WaitForEventAsync("worker_started")).GetProperty("pid").GetInt32();
        await LongQuery.WaitAsync(database);

        CliRun.SignalTo(worker, "INT"); // Reaches the whole process group when a person presses Ctrl-C: the worker leaves it to the CLI.
        CliRun.SignalTo(worker, "TERM");
        var end = await run.EndAsync();

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
        end.ExitCode.ShouldBe(130, end.Error);
    }

    [Fact]
    public async Task Run_TimeOut_FailsWithNoSessionLeft()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");

        var end = await CliRun.RunAsync(
            ["run", document.Path, "--connections", connections.Path, "--timeout", "2s", "--output", "json"], environment: connections.Environment);

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
        end.ExitCode.ShouldBe(1, end.Error);
        end.Result.Reason.ShouldBe("TimedOut");
    }

    [Fact]
    public async Task Run_WrongPassword_IsTheNodesFailureAndShowsNoSecret()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");

        var end = await CliRun.RunAsync(
            ["run", document.Path, "--connections", connections.Path, "--events", "-", "--output", "json"],
            environment: new Dictionary<string, string> { ["BULKHEAD_DB_PASSWORD"] = "wrong-password-49" });

        end.ExitCode.ShouldBe(1, end.Error);
        end.Result.Nodes.ShouldHaveSingleItem().ErrorType.ShouldBe("SqlError");
        (end.Output + end.Error).ShouldNotContain("wrong-password-49");
    }

    private static async Task WaitUntilGoneAsync(int pid)
    {
        for (var end = TimeProvider.System.GetTimestamp(); Directory.Exists($"/proc/{pid}");)
        {
            TimeProvider.System.GetElapsedTime(end).ShouldBeLessThan(TimeSpan.FromSeconds(20), "the worker must end by itself");
            await Task.Delay(50);
        }
    }
}
