using System.Text.RegularExpressions;
using Bulkhead.Chart.Tests.Rendering;

namespace Bulkhead.Chart.Tests.Server;

/// <summary>Every object of the chart and of <c>config/</c>, as an API server judges it.</summary>
public sealed partial class DryRunTests(ControlPlane server) : IClassFixture<ControlPlane>
{
    /// <summary>What the test cluster (1.20.2) does not know, and so has not been judged. A new entry here is a decision.</summary>
    private static readonly string[] Unknown =
        ["PodDisruptionBudget policy/v1", "PrometheusRule monitoring.coreos.com/v1", "ServiceMonitor monitoring.coreos.com/v1",
         "ValidatingAdmissionPolicy admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding admissionregistration.k8s.io/v1"];

    [Theory]
    [MemberData(nameof(Rendered.AllValues), MemberType = typeof(Rendered))]
    public async Task Chart_SentToAServer_IsTakenButForWhatOldServersDoNotKnow(string values) => await JudgeAsync(await Rendered.ChartAsync(values));

    [Theory]
    [InlineData("config")]
    [InlineData("config/cluster")]
    [InlineData("config/namespaced")]
    [InlineData("config/drain")]
    [InlineData("config/samples")]
    public async Task Kustomization_SentToAServer_IsTakenButForWhatOldServersDoNotKnow(string folder) =>
        await JudgeAsync(Manifest.Read(await server.KubectlAsync("kustomize", Repository.Path(folder))));

    private async Task JudgeAsync(IReadOnlyList<Manifest> manifests)
    {
        await server.EnsureNamespacesAsync(manifests.Select(m => m.Namespace).OfType<string>());

        var answer = await server.DryRunAsync(string.Concat(manifests.Select(m => $"---\n{m.Text}\n")));

        var missing = NoMatch().Matches(answer).Select(m => $"{m.Groups["kind"].Value} {m.Groups["version"].Value}").ToList();
        missing.Distinct().Except(Unknown).ShouldBeEmpty(answer);
        Taken().Count(answer).ShouldBe(manifests.Count - missing.Count, answer);
        answer.ShouldNotContain("Error from server");
    }

    [GeneratedRegex("no matches for kind \"(?<kind>\\w+)\" in version \"(?<version>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NoMatch();

    [GeneratedRegex(@"\((server dry run|dry run)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Taken();
}
