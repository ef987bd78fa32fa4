using Bulkhead.Testing.Otlp;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>Metrics and one trace for each execution, from the operator's turns to the nodes in the worker, as a collector receives them.</summary>
[Collection(NodeCollection.Name)]
public sealed class OtlpTests(Node node)
{
    private const string Workflow = """
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: traced, namespace: default}
        spec:
          workflow:
            name: traced
            nodes: [{name: left, run: "return {}"}, {name: right, run: "error('secret-text')"}, {name: join, run: "return {}"}]
            edges: [{from: __start__, parallel: [left, right], fan_in: join}, {from: join, to: __end__}]
        """;

    [Fact]
    public async Task Collector_GivenToTheChart_GetsMetricsAndATraceFromTheTurnToTheNodes()
    {
        await using var collector = OtlpReceiver.Start(Node.Machine);
        await node.ChartAsync(
            "install", "--set", $"otlp.endpoint={collector.Address}", "--set", "operator.extraEnv=[{name: OTEL_METRIC_EXPORT_INTERVAL, value: \"1000\"}]");
        await node.ApplyAsync(Workflow);
        await node.UntilAsync(async () => (await node.GetAsync("wfx", "traced", "default"))?["status"]?["completionTime"] is not null, TimeSpan.FromSeconds(60), "it ends");
        var uid = ((string)(await node.GetAsync("wfx", "traced", "default"))!["metadata"]!["uid"]!).Replace("-", "", StringComparison.Ordinal);
        await node.UntilAsync(
            () => Task.FromResult(collector.Metrics.ContainsKey("bulkhead.executions") && Turns(collector, uid).Any(s => s.Tags["bulkhead.steps"].Contains("DetachFinalizer", StringComparison.Ordinal))),
            TimeSpan.FromSeconds(30), "metrics and the last turn are sent");

        collector.Metrics["bulkhead.executions"].ShouldBe("bulkhead-operator");
        collector.Metrics.Keys.ShouldContain("kubeops.operator.reconciliation");
        var starter = Turns(collector, uid).Single(s => s.Tags["bulkhead.steps"].Contains("CreateWorker", StringComparison.Ordinal));
        starter.Tags["bulkhead.execution"].ShouldBe("default/traced");
        var run = collector.Spans.Single(s => s.Name == "run" && s.TraceId == uid);
        (run.Service, run.ParentId, run.Tags["bulkhead.tenant"], run.Tags["bulkhead.attempt"]).ShouldBe(("bulkhead-worker", starter.SpanId, "default", "1"));
        var nodes = collector.Spans.Where(s => s.TraceId == uid && s.ParentId == run.SpanId).ToDictionary(s => s.Name, StringComparer.Ordinal);
        nodes.Keys.Order().ShouldBe(["join", "left", "right"]);
        nodes.Values.Where(n => n.IsError).Select(n => n.Tags["bulkhead.node"]).ShouldBe(["right"]);
        collector.Spans.SelectMany(s => s.Tags.Values).ShouldNotContain(v => v.Contains("secret-text", StringComparison.Ordinal), "no message, no value of the run");
        await node.KubectlAsync("delete", "wfx", "traced", "--timeout=30s");
    }

    private static IEnumerable<OtlpSpan> Turns(OtlpReceiver collector, string uid) => collector.Spans.Where(s => s.Name == "turn" && s.TraceId == uid);
}
