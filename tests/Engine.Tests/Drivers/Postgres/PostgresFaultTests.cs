using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Engine.Drivers;
using Bulkhead.Testing;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

/// <summary>Faults of the server and of the way to it: each ends clearly and in bounded time, and leaves no session behind.</summary>
public sealed class PostgresFaultTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly TimeSpan AfterTheFault = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Backend_StoppedAndContinued_IsGoneAfterwards()
    {
        IResource resource = await Driver.OpenAsync(Request(new JsonObject { ["serverExpiry"] = false }), Limit);
        using var cancel = new CancellationTokenSource();
        Task<JsonElement> running = QueryAsync(resource, "select pg_sleep(600)", null, cancel.Token);
        int pid = await WaitForActiveAsync();
        await SignalAsync("STOP", pid);
        try
        {
            await cancel.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => running);
            await resource.CloseAsync(last: true, Limit);
            ReleaseProof proof = await resource.ProveAsync(new CancellationTokenSource(TimeSpan.FromSeconds(1)).Token);
            (proof.Proven, proof.Remaining).ShouldBe((false, 1), "a stopped backend cannot end");
        }
        finally
        {
            await SignalAsync("CONT", pid);
        }

        await Database.WaitForSessionsAsync(0, AfterTheFault, Limit);
        (await Driver.ReleaseByTagAsync(Request(), Limit)).ShouldBe(new ReleaseProof(true));
    }

    [Fact]
    public async Task Proxy_SilentThenClosed_EndsTheSession()
    {
        var proxy = new SilentProxy(Database.Server.Port);
        var config = new JsonObject { ["port"] = proxy.Port, ["connectTimeout"] = "1s" };
        IResource resource = await Driver.OpenAsync(Request(config), Limit);
        using var cancel = new CancellationTokenSource();
        Task<JsonElement> running = QueryAsync(resource, "select pg_sleep(600)", null, cancel.Token);
        await WaitForActiveAsync();
        proxy.GoSilent();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await resource.CloseAsync(last: true, Limit);
        ReleaseProof proof = await resource.ProveAsync(Limit);
        proof.Proven.ShouldBeFalse();
        proof.Message!.ShouldContain("did not answer in time");
        await proxy.DisposeAsync();
        await Database.WaitForSessionsAsync(0, AfterTheFault, Limit);
    }

    [Fact]
    public async Task Server_CrashedAndRestarted_IsUsedAgain()
    {
        IResource resource = await OpenAsync();
        Task<JsonElement> running = QueryAsync(resource, "select pg_sleep(600)");
        await WaitForActiveAsync();
        await Server.CrashAsync(Limit);
        try
        {
            NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => running);
            (failure.ErrorType, failure.Retryable).ShouldBe(("SqlError", true));
            (await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, "select 1"))).Message.ShouldContain("Connection refused");
            (await Should.ThrowAsync<NodeFailureException>(() => Driver.ReleaseByTagAsync(Request(), Limit))).Message
                .ShouldContain("could not be asked");
        }
        finally
        {
            await Server.RestartAsync(Limit);
        }

        (await FirstValueAsync(resource, "select 1")).ShouldBe("1", "a new session with the same tag");
        (await CountTaggedAsync()).ShouldBe(1);
        (await ReleaseAsync(resource)).ShouldBe(new ReleaseProof(true));
    }

    [Fact]
    public async Task Release_ServerDown_IsNotProvenAndBounded()
    {
        IResource resource = await Driver.OpenAsync(Request(), Limit);
        await Server.CrashAsync(Limit);
        try
        {
            ReleaseProof proof = await ReleaseAsync(resource);
            proof.Proven.ShouldBeFalse();
            proof.Message!.ShouldContain("Connection refused");
        }
        finally
        {
            await Server.RestartAsync(Limit);
        }
    }

    [Fact]
    public async Task Session_TerminatedByTheServer_FailsOnceAndIsReplaced()
    {
        IResource resource = await OpenAsync();
        await Database.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{Database.Role}'", Limit);
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, "select 1"));
        failure.Message.ShouldContain("SQLSTATE 57P01");
        failure.Retryable.ShouldBeTrue();
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1");
    }

    private async Task<int> WaitForActiveAsync()
    {
        string sql = $"select coalesce(max(pid), 0) from pg_stat_activity where usename = '{Database.Role}' and state = 'active'";
        int pid;
        while ((pid = await Database.ScalarAsync<int>(sql, Limit)) == 0)
        {
            await Task.Delay(10, Limit);
        }

        return pid;
    }

    private static async Task SignalAsync(string signal, int pid)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", pid.ToString()]);
        await kill.WaitForExitAsync(Limit);
        kill.ExitCode.ShouldBe(0);
    }
}
