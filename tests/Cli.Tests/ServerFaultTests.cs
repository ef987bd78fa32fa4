using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Testing;

namespace Bulkhead.Cli.Tests;

/// <summary>
/// Faults of the database and of the way to it while an execution is in the middle of a query: the execution ends as Failed and says why, and within
/// 15 s after the fault is over the role has no session, by the server's own count.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class ServerFaultTests(PostgresFixture postgres)
{
    private static readonly TimeSpan AfterTheFault = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Run_BackendStopped_TimesOutUnprovenAndTheSessionGoesWhenItContinues()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Manifest("release: {graceful: 1s}\n  timeouts: {active: 10s}"), ".yaml");
        using var run = LongQuery.Start(document, connections);
        var backend = await LongQuery.WaitAsync(database);

        CliRun.SignalTo(backend, "STOP");
        CliResult end;
        try
        {
            end = await run.EndAsync();
            (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(1, "a stopped backend cannot end");
        }
        finally
        {
            CliRun.SignalTo(backend, "CONT");
        }

        await database.WaitForSessionsAsync(0, AfterTheFault, CancellationToken.None);
        ShouldHaveFailed(end, "TimedOut");
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Unknown, "nobody may call that released");
    }

    [Fact]
    public async Task Run_ProxySilentThenClosed_FailsAndTheServerEndsTheSession()
    {
        var database = await postgres.CreateDatabaseAsync();
        var proxy = new SilentProxy(database.Server.Port);
        using var connections = new ConnectionsForTests(database, port: proxy.Port);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        await LongQuery.WaitAsync(database);

        proxy.GoSilent();
        await proxy.DisposeAsync();
        var end = await run.EndAsync();

        await database.WaitForSessionsAsync(0, AfterTheFault, CancellationToken.None);
        ShouldHaveFailed(end, "NodeFailed");
        end.Result.Nodes.ShouldHaveSingleItem().ErrorType.ShouldBe("SqlError");
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Unknown, "nobody could be asked");
    }

    [Fact]
    public async Task Run_ServerStoppedAtOnceAndStartedAgain_FailsAndLeavesNoSession()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database, serverExpiry: false);
        using var document = new TemporaryFile(LongQuery.Document, ".yaml");
        using var run = LongQuery.Start(document, connections);
        await LongQuery.WaitAsync(database);

        await postgres.Server.CrashAsync(CancellationToken.None);
        CliResult end;
        try
        {
            end = await run.EndAsync();
        }
        finally
        {
            await postgres.Server.RestartAsync(CancellationToken.None);
        }

        await database.WaitForSessionsAsync(0, AfterTheFault, CancellationToken.None);
        ShouldHaveFailed(end, "NodeFailed");
        end.Result.Nodes.ShouldHaveSingleItem().ErrorType.ShouldBe("SqlError");
        end.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Unknown);
    }

    private static void ShouldHaveFailed(CliResult end, string reason)
    {
        end.ExitCode.ShouldBe(1, end.Error);
        end.Result.Phase.ShouldBe(ExecutionPhase.Failed);
        end.Result.Reason.ShouldBe(reason);
        end.Result.Message.ShouldNotBeNullOrEmpty();
    }
}
