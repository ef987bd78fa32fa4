namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>What the chart renders, for several values: held by approved files, whoever renders it.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [MemberData(nameof(Rendered.AllValues), MemberType = typeof(Rendered))]
    public async Task Chart_RenderedWithTheseValues_IsAsApproved(string values)
    {
        var manifests = await Rendered.ChartAsync(values);

        var text = manifests.OrderBy(m => m.Hook is not null).ThenBy(m => m.Id, StringComparer.Ordinal).Select(m => $"---\n{m.Text}\n");
        Repository.Verify($"{values}.yaml", string.Concat(text));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("namespaced")]
    public async Task Notes_RenderedWithTheseValues_AreAsApproved(string values) =>
        Repository.Verify($"{values}.notes.txt", await Repository.EngAsync("chart", ["notes", .. Rendered.Flags(values)]));

    [Fact]
    public async Task DisruptionBudget_OnOldServers_HasTheVersionTheyKnow()
    {
        var old = await Rendered.ChartAsync("images", "--kube-version", "1.20.2");

        var budget = old.Single(m => m.Kind == "PodDisruptionBudget").Object;
        ((string?)budget["apiVersion"]).ShouldBe("policy/v1beta1");
        budget["spec"]!["unhealthyPodEvictionPolicy"].ShouldBeNull("1.27 knows it first");
    }

    [Fact]
    public async Task Crds_InTheChart_AreThoseOfTheRepository()
    {
        await Repository.EngAsync("chart", "sync", "--check");
        Directory.EnumerateFiles(Repository.Path("charts", "bulkhead", "crds")).Count().ShouldBe(4);
    }
}
