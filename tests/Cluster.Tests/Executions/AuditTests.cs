using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using Npgsql;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>The audit of a connection that opts in: sessions with the tag of a living execution are its own, others are reported and left alone.</summary>
[Collection(NodeCollection.Name)]
public sealed class AuditTests(ExecutionCluster cluster)
{
    /// <summary>Whoever sees one namespace only cannot tell whether another one's execution lives.</summary>
    [Theory]
    [InlineData(true, 1, "OrphanedSessions")]
    [InlineData(false, 0, "SessionsOfUnseenExecutions")]
    public async Task Audit_SessionOfNobody_IsCountedByWhoeverSeesAllAndToldInAnyCase(bool seesAll, int orphans, string told)
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, seesAll ? null : scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var leaked = new NpgsqlConnectionStringBuilder(scenario.Database.ConnectionString) { ApplicationName = $"bulkhead/{Guid.NewGuid():n}/1", Pooling = false };
        await using var session = new NpgsqlConnection(leaked.ConnectionString);
        await session.OpenAsync();

        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "wfc", "orders-db", "--type=merge", "-p", """{"spec":{"audit":true}}"""]);

        ConnectionEntity? connection = null;
        await Eventually.TrueAsync(
            async () => (connection = await cluster.Client.GetAsync<ConnectionEntity>("orders-db", scenario.Namespace))!.Status?.AuditedAt is not null,
            TimeSpan.FromSeconds(90), () => "no audit");
        connection!.Status!.OrphanedSessions.ShouldBe(orphans, "the living execution's session is its own");
        await Eventually.TrueAsync(
            async () => (await cluster.KubectlAsync(["-n", scenario.Namespace, "get", "events", "-o", "name", $"--field-selector=reason={told}"])).Length > 0,
            TimeSpan.FromSeconds(10), () => $"no event {told}");
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(2, "an audit ends nothing");
        await scenario.WantAsync("Terminated");
        await scenario.ReachesAsync("Succeeded", "False", "Terminated");
        await scenario.IsUnfencedAsync();
    }
}
