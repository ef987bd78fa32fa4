using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;
using Npgsql;

namespace Bulkhead.Cli.Tests;

/// <summary>
/// A disk that is full where events, result, checkpoint, contract directory or record should go. The execution uses a real session; it ends as Failed and
/// says which output is not whole, and the role has no session left.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class FullDiskTests(PostgresFixture postgres)
{
    private const string Query = """
        name: one-query
        nodes:
          - name: ask
            type: sql
            config: {connection: orders-db, query: select 1 as one}
        """;

    private const string Interrupted = Query + "\n    interrupt: after\n";

    private const string Waiting = """
        name: waiting-query
        nodes:
          - name: ask
            type: sql
            config: {connection: orders-db, query: select pg_advisory_lock(4711)::text}
        """;

    [Fact]
    public async Task Run_EventsOnAFullDisk_GoesOnAndFails()
    {
        var end = await RunAsync(Query, disk => ["--events", disk.In("events.ndjson"), "-o", "json"]);

        ShouldHaveFailed(end, "EventsNotWritten", "The execution ended Succeeded, but its events could not be written: No space left on device");
        end.Result.Nodes.ShouldHaveSingleItem().Status.ShouldBe(NodeStatus.Succeeded, "what only watches stops nothing");
    }

    [Fact]
    public async Task Run_CheckpointOnAFullDisk_FailsAndLeavesNoHalfOne()
    {
        var end = await RunAsync(Interrupted, disk => ["--checkpoint", disk.In("checkpoint.json"), "-o", "json"]);

        ShouldHaveFailed(end, "CheckpointNotWritten", "The execution ended Suspended, but its checkpoint could not be written: No space left on device");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("text")]
    public async Task Run_ResultOnAFullDisk_FailsAndSaysSo(string format)
    {
        var end = await RunAsync(Query, _ => ["-o", format], disk => disk.In("result"));

        end.ExitCode.ShouldBe(1, end.Error);
        end.Error.ShouldContain("The execution ended Succeeded, but its result could not be written: No space left on device");
    }

    [Fact]
    public async Task Run_NoRoomForTheJob_FailsBeforeAnythingRuns()
    {
        var end = await RunAsync($"{Query}\ninitial_state: {{pad: {new string('x', 200_000)}}}", _ => ["-o", "json"], smallPlace: "/dev/shm", sessions: 0);

        end.ExitCode.ShouldBe(3, end.Error);
        end.Result.Message!.ShouldContain("No space left on device");
    }

    [Fact]
    public async Task Run_RecordOnAFullDisk_Fails()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database);
        using var document = new TemporaryFile(Waiting, ".yaml");
        await using var locked = await LockAsync(database);
        using var run = FullDisk.StartWithSmall(
            "/dev/shm", connections.Environment,
            [Repository.Bulkhead, "run", document.Path, "-c", connections.Path, "--events", "-", "-o", "json"]);
        var worker = (await run.WaitForEventAsync("worker_started")).GetProperty("pid").GetInt32();
        await run.WaitForEventAsync("resource");

        await FullDisk.FillAsync(worker, "/dev/shm");
        await locked.DisposeAsync();
        var end = await run.EndAsync();

        ShouldHaveFailed(end, "RecordNotWritten", "The execution ended Succeeded, but the record of its end could not be written: No space left on device");
        await ShouldHaveReleasedAsync(database, 1);
    }

    /// <summary>Holds the lock that the waiting query wants, until it is disposed.</summary>
    private static async Task<NpgsqlConnection> LockAsync(PostgresDatabase database)
    {
        var login = new NpgsqlConnectionStringBuilder(database.Server.SuperuserConnectionString) { Database = database.Name, Pooling = false };
        var connection = new NpgsqlConnection(login.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_advisory_lock(4711)", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<CliResult> RunAsync(
        string workflow, Func<FullDisk, string[]> options, Func<FullDisk, string>? output = null, string? smallPlace = null, int sessions = 1)
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database);
        using var document = new TemporaryFile(workflow, ".yaml");
        using var disk = new FullDisk();
        string[] command = [Repository.Bulkhead, "run", document.Path, "-c", connections.Path, .. options(disk)];
        using var run = smallPlace is null
            ? disk.Start(connections.Environment, command, output?.Invoke(disk))
            : FullDisk.StartWithSmall(smallPlace, connections.Environment, command);
        var end = await run.EndAsync();
        await ShouldHaveReleasedAsync(database, sessions);
        return end;
    }

    private static async Task ShouldHaveReleasedAsync(PostgresDatabase database, int sessions)
    {
        await database.WaitForSessionsAsync(0, TimeSpan.FromSeconds(15), CancellationToken.None);
        (await database.CountLoggedSessionsAsync(CancellationToken.None)).ShouldBe(sessions, "a session must have been there, or nothing was released");
    }

    private static void ShouldHaveFailed(CliResult end, string reason, string message)
    {
        end.ExitCode.ShouldBe(1, end.Error);
        end.Result.Phase.ShouldBe(ExecutionPhase.Failed);
        end.Result.Reason.ShouldBe(reason);
        end.Result.Message!.ShouldStartWith(message);
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
    }
}
