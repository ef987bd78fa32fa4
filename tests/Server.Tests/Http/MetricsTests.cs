using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests.Http;

/// <summary>The metrics page: names are a surface, and no label names anybody.</summary>
[Collection(ServeCollection.Name)]
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterARun_AreTheApprovedNamesAndNameNobody()
    {
        using var folder = new ServeFolder();
        var (alice, scraper) = (folder.AddToken("alice-of-wonderland", "looking-glass"), folder.AddToken("scraper", "local", "metrics"));
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(alice);
        using var socket = await client.ListenAsync();
        var id = await client.SubmitAsync(Workflows.Short);
        await client.WaitForAsync(id, "Succeeded");
        (await client.GetAsync("metrics")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);

        using var reader = server.Client(scraper);
        var page = await reader.Http.GetStringAsync("metrics");

        var names = page.Split('\n').Where(l => l.StartsWith("# TYPE bulkhead_", StringComparison.Ordinal)).Select(l => l["# TYPE ".Length..]).Order(StringComparer.Ordinal);
        Approved.Verify("Server.Tests", "metrics.txt", string.Join('\n', names) + "\n");
        page.ShouldContain("bulkhead_executions_finished_total{phase=\"Succeeded\"} 1\n");
        page.ShouldContain("bulkhead_event_readers 1\n");
        page.ShouldContain("http_server_request_duration_seconds_count");
        foreach (var name in new[] { "alice", "looking-glass", id }) page.ShouldNotContain(name);
    }
}
