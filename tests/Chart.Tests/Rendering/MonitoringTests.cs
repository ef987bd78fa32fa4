using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>Alerts and dashboard speak of metrics that there are, and send people to runbooks that there are.</summary>
public sealed partial class MonitoringTests
{
    [Fact]
    public async Task Alerts_EachOfThem_LinksToAHeadingOfTheRunbooks()
    {
        var headings = Heading().Matches(Repository.Read("docs", "operations.md")).Select(m => m.Groups["text"].Value.Trim().ToLowerInvariant()).ToList();

        foreach (var alert in await AlertsAsync())
        {
            var url = (string)alert["annotations"]!["runbook_url"]!;
            url.ShouldStartWith("https://wiki.test/bulkhead#");
            headings.ShouldContain(url.Split('#')[1], $"docs/operations.md has no runbook for {alert["alert"]}");
            ((string)alert["alert"]!).ToLowerInvariant().ShouldBe(url.Split('#')[1]);
        }
    }

    [Fact]
    public async Task Expressions_OfAlertsAndDashboard_NameKnownMetricsOnly()
    {
        var panels = JsonNode.Parse(Repository.Read("charts", "bulkhead", "files", "dashboard.json"))!["panels"]!.AsArray();
        var expressions = panels.SelectMany(p => p!["targets"]!.AsArray()).Select(t => (string)t!["expr"]!)
            .Concat((await AlertsAsync()).Select(a => (string)a["expr"]!)).ToList();
        var known = Repository.Read("docs", "metrics.md");

        expressions.Count.ShouldBeGreaterThan(10);
        foreach (var metric in expressions.SelectMany(e => Metric().Matches(e).Select(m => Suffix().Replace(m.Value, ""))).Distinct())
            known.ShouldContain($"`{metric}`", Case.Sensitive, "a test of the operator holds docs/metrics.md");
    }

    private static async Task<List<JsonNode>> AlertsAsync()
    {
        var rule = (await Rendered.ChartAsync("everything")).Single(m => m.Kind == "PrometheusRule");
        return [.. rule.Object["spec"]!["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()).Select(r => r!)];
    }

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\b(bulkhead_[a-z_]+|kubeops_operator_[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Metric();

    [GeneratedRegex("_bucket$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Suffix();
}
