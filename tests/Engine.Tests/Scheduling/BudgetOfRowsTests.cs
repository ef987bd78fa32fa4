using Bulkhead.Api.Contract;
using Bulkhead.Engine.Tests.Drivers;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

/// <summary>Rows of a real server, against a budget.</summary>
public sealed class BudgetOfRowsTests(PostgresServer server) : PostgresTestBase(server)
{
    private const string Document = """
        name: rows
        settings: {budget: {rows: 100}}
        nodes:
          - {name: many, type: sql, connection: orders-db, query: "select generate_series(1, 60) as n"}
          - {name: more, run: "return {n = connections.get('orders-db'):query('select generate_series(1, $1::int) as n', {state.more}).row_count}"}
        """;

    [Fact]
    public async Task Rows_WithinTheBudget_AreCounted()
    {
        var ran = (await RunAsync(40)).Succeeded();
        ran["n"].GetInt32().ShouldBe(40);
        ran.Result.Nodes.Select(n => n.Usage.ShouldNotBeNull().Rows).ShouldBe([60, 40]);
        ran.Result.Usage.ShouldNotBeNull().Rows.ShouldBe(100);
        ran.Result.Connections.ShouldAllBe(c => c.State == ConnectionState.Released);
    }

    [Fact]
    public async Task Rows_BeyondTheBudget_FailTheNode()
    {
        var ran = await RunAsync(41);
        ran.Failed("The budget of 100 rows is exceeded: 101 were used.", "COST_ERROR");
        ran.Result.Nodes.Select(n => n.Status).ShouldBe([NodeStatus.Succeeded, NodeStatus.Failed]);
        ran.Result.Connections.ShouldAllBe(c => c.State == ConnectionState.Released);
    }

    private Task<Ran> RunAsync(int more) => new LocalRun
    {
        Inputs = $$"""{"more": {{more}}}""",
        Connections = [Database.Connection("orders-db", "5") with { TenantId = "acme" }],
        Credentials = _ => Database.Credentials,
    }.RunAsync(Document, Limit);
}
