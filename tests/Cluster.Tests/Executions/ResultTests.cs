using System.Text.Json;
using Bulkhead.Cluster.Tests.Clusters;
using k8s;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>What is left to read of an execution's state: in its status, and in the log of its pod.</summary>
[Collection(NodeCollection.Name)]
public sealed class ResultTests(ExecutionCluster cluster)
{
    [Fact]
    public async Task Result_WithSecrets_IsMaskedInStatusAndLog()
    {
        var (outputs, log) = await RunAsync("return {answer = {access_token = 'hush-' .. 'hush', user = 'ann'}}");

        outputs.ShouldBe("""{"answer":{"access_token":"[REDACTED]","user":"ann"}}""");
        log.ShouldContain("\"user\":\"ann\"");
        log.ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task Result_LargerThanALogHolds_IsLeftOutAndSaysSo()
    {
        var (outputs, log) = await RunAsync("return {text = ('0123456789'):rep(10000)}");

        outputs.ShouldContain("\"omitted\":\"the outputs have 100011 bytes");
        log.Length.ShouldBeLessThan(20_000);
    }

    private async Task<(string Outputs, string Log)> RunAsync(string script)
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        var workflow = new { name = "result", nodes = new[] { new { name = "only", run = script } }, edges = new[] { new { from = "__start__", to = "only" }, new { from = "only", to = "__end__" } } };

        await scenario.RunAsync(spec: s => s with { Workflow = JsonSerializer.SerializeToElement(workflow) });

        var outputs = (await scenario.ReachesAsync("Succeeded", "True")).Status!.Outputs!.Value.GetRawText();
        await using var log = await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync((await scenario.WorkerAsync()).Name(), scenario.Namespace);
        using var reader = new StreamReader(log);
        return (outputs, await reader.ReadToEndAsync());
    }
}
