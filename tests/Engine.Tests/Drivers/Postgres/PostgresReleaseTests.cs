using System.Text.Json.Nodes;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;
using Npgsql;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

public sealed class PostgresReleaseTests(PostgresServer server) : PostgresTestBase(server)
{
    [Fact]
    public async Task Release_OpenSession_IsProvenByTheServer()
    {
        IResource resource = await OpenAsync();
        (await CountTaggedAsync()).ShouldBe(1);
        ReleaseProof proof = await ReleaseAsync(resource);
        proof.ShouldBe(new ReleaseProof(true));
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
        (await ReleaseAsync(resource)).ShouldBe(proof, "release is idempotent");
    }

    [Fact]
    public async Task Release_StatementRunning_CancelsItAndProves()
    {
        IResource resource = await OpenAsync();
        Task running = QueryAsync(resource, "select pg_sleep(600)");
        (await ReleaseAsync(resource)).Proven.ShouldBeTrue();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => running);
        failure.Message.ShouldContain("its execution has ended");
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Query_AfterRelease_IsRefused()
    {
        IResource resource = await OpenAsync();
        await ReleaseAsync(resource);
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, "select 1"));
        failure.Message.ShouldContain("its execution has ended");
        failure.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Release_RoleMayNoLongerLogIn_IsProvenByTheConnectionItself()
    {
        IResource resource = await OpenAsync();
        await Database.ExecuteAsync($"alter role {Database.Role} nologin", Limit);
        (await ReleaseAsync(resource)).ShouldBe(new ReleaseProof(true));
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Look_RoleMayNotLogIn_IsNotProven()
    {
        await Database.ExecuteAsync($"alter role {Database.Role} nologin", Limit);
        var login = new PostgresLogin
        {
            Options = PostgresOptions.Read(Database.Connection("db"), out _),
            Credentials = Database.Credentials,
            Tag = Tag.ToString(),
        };
        ReleaseProof proof = await new PostgresRelease(login).EndAsync(TimeSpan.Zero, Limit);
        proof.Proven.ShouldBeFalse("it could not look");
        proof.Message!.ShouldContain("could not be asked");
    }

    [Fact]
    public async Task Release_ManyResourcesAtOnce_LeavesNothing()
    {
        IResource[] resources = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync()));
        ReleaseProof[] proofs = await Task.WhenAll(resources.Select(ReleaseAsync));
        proofs.ShouldAllBe(p => p.Proven);
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task ReleaseByTag_SessionsOfADeadWorker_AreEnded()
    {
        await using NpgsqlConnection idle = await TaggedSessionAsync(Tag.ToString());
        await using NpgsqlConnection busy = await TaggedSessionAsync(Tag.ToString());
        Task<object?> query = new NpgsqlCommand("select pg_sleep(600)", busy).ExecuteScalarAsync(Limit);
        ReleaseProof proof = await Driver.ReleaseByTagAsync(Request(), Limit);
        proof.Proven.ShouldBeTrue();
        proof.Ended.ShouldBe(2);
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
        await Should.ThrowAsync<NpgsqlException>(() => query);
        (await Driver.ReleaseByTagAsync(Request(), Limit)).ShouldBe(new ReleaseProof(true), "already gone is a success");
    }

    [Fact]
    public async Task ReleaseByTag_OtherSessionsOfTheSameRole_AreLeftAlone()
    {
        await using NpgsqlConnection other = await TaggedSessionAsync("bulkhead/ffffffffffffffffffffffffffffffff/1");
        await using NpgsqlConnection next = await TaggedSessionAsync($"{Tag}1");
        (await Driver.ReleaseByTagAsync(Request(), Limit)).ShouldBe(new ReleaseProof(true));
        (await Database.CountSessionsAsync(Limit)).ShouldBe(2, "only our tag: not another execution, not another attempt");
    }

    [Fact]
    public async Task ReleaseByTag_RoleOfItsOwn_EndsTheSessions()
    {
        await Database.ExecuteAsync($"create role {Database.Role}_release login password 'r'", Limit);
        await Database.ExecuteAsync($"grant {Database.Role} to {Database.Role}_release", Limit);
        await using NpgsqlConnection session = await TaggedSessionAsync(Tag.ToString());
        var credentials = new Credentials(new Dictionary<string, string>
        {
            ["username"] = Database.Role,
            ["password"] = "not needed to release",
            ["release.username"] = $"{Database.Role}_release",
            ["release.password"] = "r",
        });
        (await Driver.ReleaseByTagAsync(Request(credentials: credentials), Limit)).ShouldBe(new ReleaseProof(true, 1));
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task ReleaseByTag_UserNameChanged_IsNotProven()
    {
        await Database.ExecuteAsync($"create role {Database.Role}_next login password 'n'", Limit);
        await using NpgsqlConnection session = await TaggedSessionAsync(Tag.ToString());
        var credentials = new Credentials(new Dictionary<string, string> { ["username"] = $"{Database.Role}_next", ["password"] = "n" });
        ReleaseProof proof = await Driver.ReleaseByTagAsync(Request(credentials: credentials), Limit);
        proof.Proven.ShouldBeFalse();
        proof.Remaining.ShouldBe(1);
        proof.Message!.ShouldContain("ReleaseRoleChanged");
    }

    [Theory]
    [InlineData("set application_name = 'innocent'")]
    [InlineData("select set_config('application_name', 'innocent', false)")]
    [InlineData("do $$ begin set application_name = 'innocent'; end $$")]
    [InlineData("reset application_name")]
    public async Task Query_ChangesTheOwnerTag_ClosesTheSessionAndFails(string sql)
    {
        IResource resource = await OpenAsync();
        if (sql.StartsWith("reset", StringComparison.Ordinal))
        {
            await QueryAsync(resource, sql);
            (await CountTaggedAsync()).ShouldBe(1, "reset goes back to the start-up value, which is the tag");
            return;
        }

        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, sql));
        failure.ErrorType.ShouldBe("OwnerTagChanged");
        failure.Retryable.ShouldBeFalse();
        await Database.WaitForSessionsAsync(0, TimeSpan.FromSeconds(5), Limit);
    }

    [Fact]
    public async Task Query_TrapsItsCancellationUnderAnotherName_IsEndedOnTheServer()
    {
        IResource resource = await OpenAsync(new JsonObject { ["serverExpiry"] = false });
        using var cancel = new CancellationTokenSource();
        Task running = QueryAsync(
            resource,
            """
            do $$ begin
              perform set_config('application_name', 'innocent', false);
              begin perform pg_sleep(600); exception when query_canceled then perform pg_sleep(600); end;
            end $$
            """,
            null,
            cancel.Token);
        string renamed = $"select count(*) from pg_stat_activity where usename = '{Database.Role}' and application_name = 'innocent' and wait_event = 'PgSleep'";
        while (await Database.ScalarAsync<long>(renamed, Limit) == 0)
        {
            await Task.Delay(10, Limit);
        }

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await Database.WaitForSessionsAsync(0, TimeSpan.FromSeconds(20), Limit);
    }

    private async Task<NpgsqlConnection> TaggedSessionAsync(string tag)
    {
        var login = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { ApplicationName = tag };
        var connection = new NpgsqlConnection(login.ConnectionString);
        await connection.OpenAsync(Limit);
        return connection;
    }
}
