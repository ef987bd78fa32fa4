using System.Globalization;
using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The logs of both programs as a collector of logs reads them from the pods: what docs/operations.md says of their fields.</summary>
[Collection(NodeCollection.Name)]
public sealed class LogTests(Node node)
{
    private const string Workflow = """
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: logged, namespace: default}
        spec:
          workflow:
            name: logged
            nodes: [{name: first, run: "print('said') sleep(3) return {}"}, {name: second, run: "error('no')"}]
            edges: [{from: __start__, to: first}, {from: first, to: second}, {from: second, to: __end__}]
        """;

    [Fact]
    public async Task Logs_OfOperatorAndWorker_AreJsonThatNamesExecutionTenantAndNode()
    {
        await node.InstallAsync();
        await node.UntilAsync(
            async () => (await node.OperatorsAsync()).All(p => p["metadata"]!["deletionTimestamp"] is null), TimeSpan.FromSeconds(60), "the replicas of the release before are gone");
        await node.ApplyAsync(Workflow);
        await node.UntilAsync(async () => (await node.GetAsync("wfx", "logged", "default"))?["status"]?["completionTime"] is not null, TimeSpan.FromSeconds(60), "it ends");
        var uid = (string)(await node.GetAsync("wfx", "logged", "default"))!["metadata"]!["uid"]!;

        Operator(await LinesAsync("-n", Node.Namespace, "-l", "app.kubernetes.io/component=operator"));
        var worker = await LinesAsync("-n", "default", "-l", $"bulkhead.dev/execution-uid={uid}");
        worker[^1].ShouldStartWith("bulkhead.result.v1 {", Case.Sensitive, "the last line is the result");
        Worker([.. worker.SkipLast(1).Select(Json)], $"exec_{uid}");
        await node.KubectlAsync("delete", "wfx", "logged", "--timeout=30s");
    }

    private static void Operator(IReadOnlyList<string> lines)
    {
        var log = lines.Select(Json).ToList();

        log.ShouldAllBe(line => IsTime(line["Timestamp"]) && line["LogLevel"] != null && line["Category"] != null && line["Message"] != null);
        var changes = log.Select(line => line["State"]).Where(state => (string?)state?["Execution"] == "default/logged").ToList();
        changes.Select(c => (string?)c!["Phase"]).ShouldBe(["Pending", "Running", "Failed"], ignoreOrder: true, "one line for each phase");
        changes.ShouldAllBe(c => (string?)c!["Tenant"] == "default");
        var end = changes.Single(c => (string?)c!["Phase"] == "Failed")!;
        ((int?)end["Attempt"], (string?)end["Reason"], (string?)end["Node"]).ShouldBe((1, "NodeFailed", "second"));
    }

    private static void Worker(IReadOnlyList<JsonNode> log, string execution)
    {
        log.ShouldAllBe(line => IsTime(line["timestamp"]) && line["type"] != null);
        log.ShouldAllBe(line => (string?)line["execution_id"] == execution && (string?)line["tenant_id"] == "default");
        var types = log.ToLookup(line => (string)line["type"]!, line => (string?)line["node"], StringComparer.Ordinal);
        types["node_start"].ShouldBe(["first", "second"]);
        types["node_complete"].ShouldBe(["first"]);
        types["node_error"].ShouldBe(["second"]);
        types["log"].ShouldBe(["first"], "what a script prints belongs to its node");
        types["worker_started"].ShouldBe([null], "and what belongs to no node names none");
    }

    private static bool IsTime(JsonNode? text) => DateTimeOffset.TryParse((string?)text, CultureInfo.InvariantCulture, out var time) && time.Offset == TimeSpan.Zero;

    private static JsonNode Json(string line) => JsonNode.Parse(line)!;

    private async Task<IReadOnlyList<string>> LinesAsync(params string[] pods) =>
        (await node.KubectlAsync(["logs", "--tail=-1", .. pods])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
