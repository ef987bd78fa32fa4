using System.Text.Json.Nodes;
using Bulkhead.Chart.Tests.Rendering;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Chart.Tests.Config;

/// <summary><c>config/</c> is the chart for whoever has no Helm: the same objects with the same effect.</summary>
public sealed class KustomizeTests
{
    private static readonly string[] Images =
        ["--set", "operator.image.repository=registry.example/bulkhead-operator", "--set", "worker.image.repository=registry.example/bulkhead-worker"];

    [Theory]
    [InlineData("cluster", new string[] { }, "the chart's defaults")]
    [InlineData("namespaced", new[] { "--set", "scope.namespaced=true", "--set", "scope.namespace=default" }, "the chart's other scope")]
    public async Task Overlay_BesideTheChart_HasTheSameObjects(string overlay, string[] values, string because)
    {
        var chart = Objects(await Rendered.ChartAsync("images", [.. Images, .. values, "--include-crds", "--no-hooks"]));
        var config = Objects(Manifest.Read(await Shell.RunAsync("kubectl", ["kustomize", Repository.Path("config", overlay)])));

        config.Remove("Namespace bulkhead-system").ShouldBeTrue("Helm makes the namespace itself");
        config.Keys.Order().ShouldBe(chart.Keys.Order(), because);
        foreach (var (id, text) in chart) config[id].ShouldBe(text, id);
    }

    [Fact]
    public async Task Drain_BesideTheChartsHook_IsTheSameJob()
    {
        var hook = (await Rendered.ChartAsync("images", [.. Images, "--hook", "pre-delete"])).ShouldHaveSingleItem();
        var job = Manifest.Read(await Shell.RunAsync("kubectl", ["kustomize", Repository.Path("config", "drain")])).ShouldHaveSingleItem();

        hook.Object["metadata"]!.AsObject().Remove("annotations").ShouldBeTrue("they are for Helm");

        Objects([job]).ShouldBe(Objects([hook]));
    }

    private static Dictionary<string, string> Objects(IEnumerable<Manifest> manifests) =>
        manifests.ToDictionary(m => m.Id, m => Plain(m.Object).ToJsonString(new() { WriteIndented = true }), StringComparer.Ordinal);

    /// <summary>Without the labels that only say who installed it, and with sorted keys.</summary>
    private static JsonNode Plain(JsonNode node)
    {
        if (node["metadata"]?["labels"] is JsonObject labels)
        {
            foreach (var key in labels.Select(l => l.Key).Where(IsInstaller).ToList()) labels.Remove(key);
            if (labels.Count == 0) node["metadata"]!.AsObject().Remove("labels");
        }

        return Sorted(node)!;
    }

    private static bool IsInstaller(string label) =>
        label.StartsWith("app.kubernetes.io/", StringComparison.Ordinal) || label.StartsWith("helm.sh/", StringComparison.Ordinal);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
