using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

public sealed class PostgresQueryTests(PostgresServer server) : PostgresTestBase(server)
{
    [Theory]
    [InlineData("selec 1", "42601")]
    [InlineData("select * from nowhere", "42P01")]
    [InlineData("select 1/0", "22012")]
    public async Task Query_SqlError_NamesSqlStateAndIsNotRetried(string sql, string state)
    {
        IResource resource = await OpenAsync();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, sql));
        failure.ErrorType.ShouldBe("SqlError");
        failure.Message.ShouldContain($"SQLSTATE {state}");
        failure.Retryable.ShouldBeFalse();
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1", "the session goes on");
    }

    [Fact]
    public async Task Query_UniqueViolation_DoesNotQuoteTheRow()
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "create table t (secret text primary key)");
        await QueryAsync(resource, "insert into t values ('hunter2')");
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => QueryAsync(resource, "insert into t values ($1)", new JsonArray("hunter2")));
        failure.ToString().ShouldNotContain("hunter2", customMessage: "DETAIL quotes rows, and is asked for by nobody");
    }

    [Theory]
    [InlineData("select 1; select 2")]
    [InlineData("select 1; drop table x -- ")]
    [InlineData("begin; insert into t values (1); commit")]
    public async Task Query_TwoStatements_AreRefused(string sql)
    {
        IResource resource = await OpenAsync();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, sql));
        failure.Message.ShouldBe("One call runs one statement: there is text after the semicolon.");
    }

    [Fact]
    public async Task Query_SemicolonsInsideQuotes_AreText()
    {
        IResource resource = await OpenAsync();
        (await FirstValueAsync(resource, "select 'a;b' || $q$;c$q$ || E'\\';d' /* ; */ ; -- ; end")).ShouldBe("\"a;b;c\\u0027;d\"");
    }

    [Fact]
    public async Task Query_NamedParameterWithoutValue_IsNamed()
    {
        IResource resource = await OpenAsync();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => QueryAsync(resource, "select @regoin", new JsonObject { ["region"] = "north" }));
        failure.Message.ShouldBe("The SQL text names the parameter 'regoin', which has no value.");
    }

    [Fact]
    public async Task Query_SessionState_DoesNotPassToTheNext()
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "set statement_timeout = '7s'");
        await QueryAsync(resource, "create temp table mine (a int)");
        await QueryAsync(resource, "select pg_advisory_lock(7)");
        (await FirstValueAsync(resource, "show statement_timeout")).ShouldBe("\"0\"");
        (await FirstValueAsync(resource, "select to_regclass('mine')")).ShouldBe("null");
        (await FirstValueAsync(resource, "select count(*) from pg_locks where locktype = 'advisory'")).ShouldBe("0");
        (await FirstValueAsync(resource, "show application_name")).ShouldBe($"\"{Tag}\"", "discarding keeps the tag");
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(1, "all on one session");
    }

    [Fact]
    public async Task Query_TransactionLeftOpen_IsRolledBackAndFails()
    {
        IResource resource = await OpenAsync();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, "begin"));
        failure.Message.ShouldContain("each query is its own transaction");
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1");
    }

    [Theory]
    [InlineData("maxRows", 10, "select generate_series(1, 1000000)", "more than 10 rows")]
    [InlineData("maxBytes", 1024, "select repeat('x', 100) from generate_series(1, 100)", "more than 1024 bytes")]
    [InlineData("maxBytes", 1024, "select repeat('x', 200000000)", "more than 1024 bytes")]
    public async Task Query_OverALimit_FailsClearlyAndGoesOn(string setting, int limit, string sql, string expected)
    {
        IResource resource = await OpenAsync(new JsonObject { [setting] = limit });
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => QueryAsync(resource, sql));
        failure.Message.ShouldContain(expected);
        failure.Message.ShouldContain($"raise {setting}");
        failure.Retryable.ShouldBeFalse();
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Query_ExactlyAtTheRowLimit_Succeeds()
    {
        IResource resource = await OpenAsync(new JsonObject { ["maxRows"] = 10 });
        JsonElement result = await QueryAsync(resource, "select generate_series(1, 10)");
        result.GetProperty("row_count").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task Query_Cancelled_StopsTheStatementOnTheServer()
    {
        IResource resource = await OpenAsync(new JsonObject { ["serverExpiry"] = false });
        using var cancel = new CancellationTokenSource();
        Task<JsonElement> running = QueryAsync(resource, "select pg_sleep(600)", null, cancel.Token);
        await WaitForActiveAsync(1);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await WaitForActiveAsync(0);
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1", "the place in the queue is free again");
    }

    [Fact]
    public async Task Query_ManyUsersOfOneSession_RunInOrderOfArrival()
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "create table arrivals (n serial, who int)");
        Task<JsonElement> blocker = QueryAsync(resource, "select pg_sleep(0.3)");
        Task[] users = [.. Enumerable.Range(1, 20).Select(i => QueryAsync(resource, "insert into arrivals (who) values ($1)", new JsonArray(i)))];
        await blocker;
        await Task.WhenAll(users);
        (await FirstValueAsync(resource, "select array_agg(who order by n) from arrivals"))
            .ShouldBe($"[{string.Join(',', Enumerable.Range(1, 20))}]");
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task Query_WaitingUserCancelled_LeavesTheQueue()
    {
        IResource resource = await OpenAsync();
        Task<JsonElement> blocker = QueryAsync(resource, "select pg_sleep(0.3)");
        using var cancel = new CancellationTokenSource();
        Task<JsonElement> waiting = QueryAsync(resource, "select 1", null, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await blocker;
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Query_MaxSessionsThree_RunsThreeAtOnce()
    {
        IResource resource = await OpenAsync(new JsonObject { ["maxSessions"] = 3 });
        Task[] users = [.. Enumerable.Range(0, 6).Select(_ => QueryAsync(resource, "select pg_sleep(0.2)"))];
        await WaitForActiveAsync(3);
        await Task.WhenAll(users);
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(3);
    }

    [Theory]
    [InlineData("copy t from stdin", "COPY from or to the client is not supported")]
    [InlineData("copy t to stdout", "COPY from or to the client is not supported")]
    [InlineData("copy t to '/tmp/x'", "SQLSTATE 42501")]
    public async Task Query_Copy_FailsAtOnceAndGoesOn(string sql, string expected)
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "create table t (a int)");
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => QueryAsync(resource, sql).WaitAsync(TimeSpan.FromSeconds(20)));
        failure.Message.ShouldContain(expected);
        failure.Retryable.ShouldBeFalse();
        (await FirstValueAsync(resource, "select 1")).ShouldBe("1");
    }

    [Theory]
    [InlineData("listen orders")]
    [InlineData("select")]
    [InlineData("do $$ begin raise notice 'n'; end $$")]
    [InlineData("vacuum")]
    [InlineData("explain select 1")]
    [InlineData("show all")]
    public async Task Query_OtherStatements_Succeed(string sql)
    {
        IResource resource = await OpenAsync();
        (await QueryAsync(resource, sql)).TryGetProperty("rows", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Call_UnknownOperation_IsRefused()
    {
        IResource resource = await OpenAsync();
        NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(
            () => resource.CallAsync("request", JsonSerializer.SerializeToElement(new { }), Limit));
        failure.ErrorType.ShouldBe("ActionError");
    }

    private async Task WaitForActiveAsync(long count)
    {
        string sql = $"select count(*) from pg_stat_activity where usename = '{Database.Role}' and state = 'active'";
        while (await Database.ScalarAsync<long>(sql, Limit) != count)
        {
            await Task.Delay(10, Limit);
        }
    }
}
