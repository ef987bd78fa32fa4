using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Tests.Loading;

namespace Bulkhead.Api.Tests.Context;

public sealed class ContextCheckTests
{
    private static readonly ConnectionDefinition Orders = new() { Name = "orders-db", Id = "5", Type = "postgres", TenantId = "acme", Config = JsonElement.Parse("{}") };

    [Fact]
    public void Check_OwnConnection_IsResolvedByNameAndId()
    {
        var result = Check([Orders], "5", "orders-db");

        result.Problems.ShouldBeEmpty();
        result.Connections.Keys.Select(k => k.Value).ShouldBe(["5", "orders-db"]);
        result.Used.ShouldBe([Orders]);
    }

    [Fact]
    public void Check_OtherTenant_IsAConflict()
    {
        var problem = CheckAs([Orders], "tenant_id: acme\n", "globex", "alice", "5").Problems[0];

        (problem.Class, problem.Code, problem.Message, problem.Path).ShouldBe(
            (ProblemClass.PermissionError, "TENANT_CONFLICT", "Tenant conflict: workflow owned by acme, execution context is globex", "tenant_id"));
    }

    [Theory]
    [InlineData("unknown", ProblemClass.ResourceError, "UNKNOWN_CONNECTION", "there is no connection '5'; none is declared (node 'n0')")]
    [InlineData("foreign", ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION", "the connection '5' does not belong to tenant acme (node 'n0')")]
    [InlineData("ownerless", ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION", "the connection '5' does not belong to tenant acme (node 'n0')")]
    [InlineData("inactive", ProblemClass.ResourceError, "INACTIVE_CONNECTION", "the connection 'orders-db' is not active (node 'n0')")]
    [InlineData("other user", ProblemClass.PermissionError, "USER_NOT_ALLOWED", "user alice may not use the connection 'orders-db' (node 'n0')")]
    [InlineData("other type", ProblemClass.ResourceError, "UNKNOWN_CONNECTION_TYPE", "the connection 'orders-db' is of type 'oracle'; this build has http, postgres (node 'n0')")]
    [InlineData("twice", ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION", "'5' means 2 connections: orders-db, 5 (node 'n0')")]
    public void Check_UnusableConnection_IsRefused(string kind, ProblemClass @class, string code, string message)
    {
        ConnectionDefinition[] connections = kind switch
        {
            "unknown" => [],
            "foreign" => [Orders with { TenantId = "globex" }],
            "ownerless" => [Orders with { TenantId = null }],
            "inactive" => [Orders with { Active = false }],
            "other user" => [Orders with { AllowedUsers = ["bob"] }],
            "other type" => [Orders with { Type = "oracle" }],
            _ => [Orders, Orders with { Name = "5", Id = "6" }],
        };

        var problem = Check(connections, "5").Problems.ShouldHaveSingleItem();

        (problem.Class, problem.Code, problem.Message, problem.Path, problem.Line).ShouldBe((@class, code, message, "nodes[0]", 2));
    }

    [Fact]
    public void Check_GlobalConnection_IsAllowed() => Check([Orders with { Global = true, TenantId = null }], "5").Problems.ShouldBeEmpty();

    [Fact]
    public void Check_OwnBesideGlobalOfSameId_OwnWins()
    {
        var global = Orders with { Name = "shared", Global = true, TenantId = null };

        Check([global, Orders], "5").Used.ShouldBe([Orders]);
    }

    [Fact]
    public void Check_TwoOfTheSameIdAndType_AreRefusedByNameToo() =>
        Check([Orders, Orders with { Name = "twin" }], "twin").Problems.ShouldHaveSingleItem().Message
            .ShouldBe("the connection 'twin' shares the id '5' with another one (node 'n0')");

    [Fact]
    public void Check_SeveralFaults_ReportsAll() => Check([], "5", "6", "5").Problems.Count.ShouldBe(2);

    [Fact]
    public void Check_UnknownConnection_DoesNotTellForeignNames() =>
        Check([Orders with { TenantId = "globex" }, Orders with { Name = "mine", Id = "1" }], "zz").Problems.ShouldHaveSingleItem().Message.ShouldBe("there is no connection 'zz'; there are: mine (node 'n0')");

    private static ContextResult Check(IReadOnlyList<ConnectionDefinition> connections, params string[] references) => CheckAs(connections, string.Empty, "acme", "alice", references);

    private static ContextResult CheckAs(IReadOnlyList<ConnectionDefinition> connections, string head, string tenant, string user, params string[] references)
    {
        var nodes = references.Select((r, i) => $"  - {{id: n{i}, type: datasource, config: {{connection_id: {r}}}}}\n");
        return ContextCheck.Check(new ContextRequest
        {
            Workflow = Loaded.Valid($"nodes:\n{string.Concat(nodes)}{head}"),
            TenantId = tenant,
            UserId = user,
            Connections = connections,
            DriverTypes = ["http", "postgres"],
        });
    }
}
