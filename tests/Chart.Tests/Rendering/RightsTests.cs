using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>The rights that the chart gives away, and the shape of the pods that it starts.</summary>
public sealed class RightsTests
{
    private static readonly string[] Powers = ["*", "escalate", "bind", "impersonate", "deletecollection"];
    private static readonly string[] Forbidden = ["*", "secrets", "pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers", "serviceaccounts/token", "nodes/proxy"];

    [Theory]
    [MemberData(nameof(Rendered.AllValues), MemberType = typeof(Rendered))]
    public async Task Roles_WithAnyValues_NameNoSecretAndNoPower(string values)
    {
        var rules = from manifest in await Rendered.ChartAsync(values)
                    where manifest.Kind is "Role" or "ClusterRole"
                    from rule in manifest.Object["rules"]!.AsArray()
                    select (manifest.Id, Rule: rule!);

        foreach (var (id, rule) in rules)
        {
            Texts(rule["verbs"]).Intersect(Powers).ShouldBeEmpty(id);
            Texts(rule["resources"]).Intersect(Forbidden).ShouldBeEmpty(id);
            Texts(rule["apiGroups"]).ShouldNotContain("*", id);
        }
    }

    [Fact]
    public async Task Roles_OfANamespacedOperator_ReadOnlyTenantsNamespacesAndNodesInTheWholeCluster()
    {
        var roles = (await Rendered.ChartAsync("namespaced")).Where(m => m.Kind == "ClusterRole" && m.Name.Contains("operator", StringComparison.Ordinal)).ToList();

        var rules = roles.ShouldHaveSingleItem().Object["rules"]!.AsArray();
        rules.SelectMany(r => Texts(r!["resources"])).Order().ShouldBe(["namespaces", "nodes", "tenants", "tenants/status"]);
        rules.SelectMany(r => Texts(r!["verbs"])).Distinct().Order().ShouldBe(["get", "list", "update", "watch"]);
    }

    [Theory]
    [MemberData(nameof(Rendered.AllValues), MemberType = typeof(Rendered))]
    public async Task Pods_WithAnyValues_AreOfTheRestrictedShape(string values)
    {
        var pods = (await Rendered.ChartAsync(values)).Where(m => m.Kind is "Deployment" or "Job").ToList();

        pods.ShouldNotBeEmpty();
        foreach (var pod in pods)
        {
            var spec = pod.Object["spec"]!["template"]!["spec"]!;
            ((bool?)spec["securityContext"]!["runAsNonRoot"]).ShouldBe(true, pod.Id);
            ((string?)spec["securityContext"]!["seccompProfile"]!["type"]).ShouldBe("RuntimeDefault", pod.Id);
            var container = spec["containers"]!.AsArray().ShouldHaveSingleItem()!;
            ((bool?)container["securityContext"]!["allowPrivilegeEscalation"]).ShouldBe(false, pod.Id);
            ((bool?)container["securityContext"]!["readOnlyRootFilesystem"]).ShouldBe(true, pod.Id);
            Texts(container["securityContext"]!["capabilities"]!["drop"]).ShouldBe(["ALL"], pod.Id);
            container["resources"]!["limits"]!["memory"].ShouldNotBeNull(pod.Id);
            container["resources"]!["requests"].ShouldNotBeNull(pod.Id);
        }
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => (string)text!);
}
