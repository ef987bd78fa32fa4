using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

/// <summary>Behind a pooler (PgBouncer). Its sessions on the server are its own and outlive ours; the owner tag must not.</summary>
[SupportedOSPlatform("linux")]
public sealed class PostgresPoolerTests(PostgresServer server) : PostgresTestBase(server)
{
    [Fact]
    public async Task Session_QueriesOneAfterTheOther_CarryTheTagAndReleaseIsProven()
    {
        await using PgBouncer bouncer = await PgBouncer.StartAsync(Database, "session");
        IResource resource = await Driver.OpenAsync(Through(bouncer, "session"), Limit);

        for (int query = 0; query < 3; query++)
        {
            (await FirstValueAsync(resource, "select current_setting('application_name')")).ShouldBe($"\"{Tag}\"");
        }

        (await FirstValueAsync(resource, "select timestamptz '2024-01-31 12:00:00+02'")).ShouldBe("\"2024-01-31T10:00:00Z\"");
        (await FirstValueAsync(resource, "show client_connection_check_interval")).ShouldBe("\"2s\"", "the server's time-outs hold here too");
        (await CountTaggedAsync()).ShouldBe(1);
        (await ReleaseAsync(resource)).ShouldBe(new ReleaseProof(true));
        (await CountTaggedAsync()).ShouldBe(0);
        await NextClientIsCleanAsync(bouncer);
    }

    [Fact]
    public async Task Session_StateOfOneQuery_DoesNotReachTheNext()
    {
        await using PgBouncer bouncer = await PgBouncer.StartAsync(Database, "session");
        IResource resource = await Driver.OpenAsync(Through(bouncer, "session"), Limit);

        await QueryAsync(resource, "set work_mem = '7MB'");

        (await FirstValueAsync(resource, "show work_mem")).ShouldNotBe("\"7MB\"");
        (await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, "set application_name = 'nobody'"))).ErrorType.ShouldBe("OwnerTagChanged");
        await ReleaseAsync(resource);
    }

    [Theory]
    [InlineData("session", false)]
    [InlineData("session", true)]
    [InlineData("transaction", true)]
    public async Task Release_ByTagWhileAQueryRuns_EndsIt(string mode, bool endpoint)
    {
        await using PgBouncer bouncer = await PgBouncer.StartAsync(Database, mode);
        OpenRequest request = Through(bouncer, mode, endpoint);
        IResource resource = await Driver.OpenAsync(request, Limit);
        Task<JsonElement> running = QueryAsync(resource, "select pg_sleep(600)");
        while (await Database.ScalarAsync<long>($"select count(*) from pg_stat_activity where usename = '{Database.Role}' and state = 'active'", Limit) == 0)
        {
            await Task.Delay(10, Limit);
        }

        ReleaseProof proof = await Driver.ReleaseByTagAsync(request, Limit);

        proof.ShouldBe(new ReleaseProof(true, Ended: 1));
        (await Should.ThrowAsync<NodeFailureException>(() => running)).ErrorType.ShouldBe("SqlError");
        await ReleaseAsync(resource);
    }

    [Fact]
    public async Task Transaction_WithoutEndpoint_IsRefused()
    {
        await using PgBouncer bouncer = await PgBouncer.StartAsync(Database, "transaction");
        OpenRequest request = Through(bouncer, "transaction");

        Driver.Validate(request.Connection).ShouldHaveSingleItem().Code.ShouldBe("POOLING_NEEDS_ENDPOINT");
        (await Should.ThrowAsync<NodeFailureException>(() => Driver.OpenAsync(request, Limit))).Message.ShouldContain("release.endpoint");
    }

    [Fact]
    public async Task Transaction_WithEndpoint_QueriesWorkAndReleaseIsProvenThere()
    {
        await using PgBouncer bouncer = await PgBouncer.StartAsync(Database, "transaction");
        IResource resource = await Driver.OpenAsync(Through(bouncer, "transaction", endpoint: true), Limit);

        for (int query = 0; query < 3; query++)
        {
            (await FirstValueAsync(resource, "select current_setting('application_name')")).ShouldBe($"\"{Tag}\"");
        }

        (await FirstValueAsync(resource, "select timestamptz '2024-01-31 12:00:00+02'")).ShouldBe("\"2024-01-31T10:00:00Z\"");
        (await ReleaseAsync(resource)).Proven.ShouldBeTrue();
        (await CountTaggedAsync()).ShouldBe(0);
        await NextClientIsCleanAsync(bouncer);
    }

    /// <summary>Whoever gets the pooler's session after us finds nothing of ours on it.</summary>
    private async Task NextClientIsCleanAsync(PgBouncer bouncer)
    {
        var login = new Npgsql.NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = bouncer.Port,
            Database = Database.Name,
            Username = Database.Role,
            Password = Database.Password,
            Pooling = false,
        };
        await using var connection = new Npgsql.NpgsqlConnection(login.ConnectionString);
        await connection.OpenAsync(Limit);
        foreach (string setting in (string[])["idle_session_timeout", "client_connection_check_interval", "statement_timeout"])
        {
            await using var command = new Npgsql.NpgsqlCommand($"show {setting}", connection);
            (await command.ExecuteScalarAsync(Limit)).ShouldBe("0", setting);
        }
    }

    private OpenRequest Through(PgBouncer bouncer, string mode, bool endpoint = false)
    {
        OpenRequest request = Request(new JsonObject { ["port"] = bouncer.Port });
        return request with
        {
            Connection = request.Connection with
            {
                Pooling = mode,
                Release = endpoint
                    ? JsonSerializer.SerializeToElement(new { endpoint = $"{Database.Server.Host}:{Database.Server.Port}" })
                    : null,
            },
        };
    }
}
