using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Testing;

namespace Bulkhead.Cli.Tests;

/// <summary>Every file under examples/ is run as its first lines say.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ExamplesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Hello_Run_JoinsFourIsolatedBranchesInDeclarationOrder()
    {
        var run = await CliRun.RunAsync(["run", Repository.Example("hello.yaml"), "--output", "json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        var state = run.Result.State!.Value;
        state.GetProperty("parallel_results").EnumerateArray().Select(b => b.GetProperty("branch").GetString()).ShouldBe(["north", "east", "south", "west"]);
        state.GetProperty("texts")[1].GetString().ShouldBe("Hello from the east, which counted to 500000500000");
        state.GetProperty("mark_is_visible").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task MultiResource_Run_OpensOneHandleAndReusesItTwice()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database);

        var run = await CliRun.RunAsync(
            ["run", Repository.Example("multi-resource.json"), "--connections", connections.Path, "--events", "-", "--output", "json"], environment: connections.Environment);

        run.ExitCode.ShouldBe(0, run.Error);
        var resources = run.Events.Where(e => e.GetProperty("type").GetString() == "resource" && e.TryGetProperty("resource_handle", out _)).ToList();
        resources.Select(e => e.GetProperty("event").GetString())
            .ShouldBe(["RESOURCE_ALLOCATED", "RESOURCE_REUSED", "RESOURCE_REUSED", "RESOURCE_DISPOSED"]);
        resources.Select(e => e.GetProperty("resource_handle").GetString()).Distinct().Count().ShouldBe(1);
        run.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
        (await database.CountLoggedSessionsAsync(CancellationToken.None)).ShouldBe(1, "the server must have seen one session of the role");
        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task FailureCleanup_Run_FailsWithNoSessionLeft()
    {
        var database = await postgres.CreateDatabaseAsync();
        using var connections = new ConnectionsForTests(database);

        var run = await CliRun.RunAsync(
            ["run", Repository.Example("failure-cleanup.yaml"), "--connections", connections.Path, "--output", "json"], environment: connections.Environment);

        (await database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0, "the session is closed when the command returns");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Result.Reason.ShouldBe("NodeFailed");
        run.Result.Message!.ShouldContain($"simulated failure after {database.Name} was opened");
        run.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
    }

    [Fact]
    public async Task OrdersReport_Run_WritesTheTotalsOfEachRegionBack()
    {
        var database = await postgres.CreateDatabaseAsync();
        await CreateOrdersAsync(database);
        using var connections = new ConnectionsForTests(database);

        var run = await CliRun.RunAsync(
            ["run", Repository.Example("orders-report.yaml"), "--connections", connections.Path, "--input", "year=2026", "--output", "json"], environment: connections.Environment);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        (await database.ScalarAsync<string>("select string_agg(region || '=' || total || '/' || orders, ' ' order by region) from region_totals", CancellationToken.None))
            .ShouldBe("north=165/2 south=380/2");
        JsonSerializer.Serialize(run.Result.State!.Value.GetProperty("report"))
            .ShouldBe("""[{"orders":2,"region":"north","total":165},{"orders":2,"region":"south","total":380}]""");
    }

    [Fact]
    public async Task Invoices_Run_SendsOneForEachOrderAndRevokesItsToken()
    {
        var number = 0;
        await using var billing = new LocalServer((context, _) => context.Request.Url!.AbsolutePath switch
        {
            "/token" => LocalServer.WriteAsync(context, 200, """{"access_token":"t-1","token_type":"Bearer","expires_in":3600}"""),
            "/v1/orders" => LocalServer.WriteAsync(context, 200, """[{"id":7,"amount":12.5},{"id":9,"amount":3}]"""),
            "/v1/invoices" => LocalServer.WriteAsync(context, 201, $"{{\"number\":\"2026-{++number}\"}}"),
            _ => LocalServer.WriteAsync(context, 200, ""),
        });
        var connections = await File.ReadAllTextAsync(Repository.Example("http-connections.yaml"));
        using var file = new TemporaryFile(connections.Replace("http://127.0.0.1:8080", billing.Url, StringComparison.Ordinal), ".yaml");

        var run = await CliRun.RunAsync(
            ["run", Repository.Example("invoices.yaml"), "--connections", file.Path, "--output", "json"],
            environment: new Dictionary<string, string> { ["BULKHEAD_BILLING_ID"] = "bulkhead", ["BULKHEAD_BILLING_SECRET"] = "client-secret-49" });

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        JsonSerializer.Serialize(run.Result.State!.Value.GetProperty("invoices")).ShouldBe("""["2026-1","2026-2"]""");
        run.Result.Connections.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Released);
        var asked = billing.Asked.ToList();
        asked.Count(a => a.StartsWith("POST /token", StringComparison.Ordinal)).ShouldBe(1, "fetched once");
        asked.ShouldContain("GET /v1/orders?open=true | Bearer t-1 | ");
        asked.ShouldContain("""POST /v1/invoices | Bearer t-1 | {"amount":12.5,"order":7}""");
        asked[^1].ShouldStartWith("POST /revoke");
        (run.Output + run.Error).ShouldNotContain("client-secret-49");
    }

    [Fact]
    public async Task AllExamples_Lint_AreValid()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples"))
            .Where(f => Path.GetExtension(f) is ".yaml" or ".json" && !f.EndsWith("connections.yaml", StringComparison.Ordinal)).ToArray();
        files.Length.ShouldBeGreaterThanOrEqualTo(5);

        var run = await CliRun.RunAsync(["lint", .. files]);

        run.ExitCode.ShouldBe(0, run.Output);
    }

    private static async Task CreateOrdersAsync(PostgresDatabase database)
    {
        await database.ExecuteAsync(await File.ReadAllTextAsync(Repository.Example("orders-report.sql")), CancellationToken.None);
        await database.ExecuteAsync($"grant all on all tables in schema public to {database.Role}; grant usage on all sequences in schema public to {database.Role}", CancellationToken.None);
    }
}
