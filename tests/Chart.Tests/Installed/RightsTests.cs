using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bulkhead.Chart.Tests.Rendering;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>Accounts, as the API server judges them: every resource that it serves, every verb.</summary>
[Collection(NodeCollection.Name)]
public sealed class RightsTests(Node node)
{
    private const string Operator = $"system:serviceaccount:{Node.Namespace}:bulkhead-operator";

    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    /// <summary>An empty one: in all namespaces.</summary>
    private static readonly string[] Namespaces = ["", "default", Node.Namespace, "kube-system", "kube-node-lease"];

    /// <summary>Rights that are no verb of a served resource.</summary>
    private static readonly (string Group, string Resource, string Verb)[] Powers =
    [
        ("", "users", "impersonate"), ("", "groups", "impersonate"), ("", "serviceaccounts", "impersonate"), ("*", "*", "*"),
        ("rbac.authorization.k8s.io", "clusterroles", "escalate"), ("rbac.authorization.k8s.io", "clusterroles", "bind"),
        ("rbac.authorization.k8s.io", "roles", "escalate"), ("rbac.authorization.k8s.io", "roles", "bind"), ("policy", "podsecuritypolicies", "use"),
        ("certificates.k8s.io", "signers", "approve"), ("certificates.k8s.io", "signers", "sign"),
    ];

    /// <summary>What Kubernetes lets everybody ask about themselves.</summary>
    private static readonly string[] Everybodys = ["selfsubjectaccessreviews", "selfsubjectrulesreviews"];

    [Fact]
    public async Task OperatorsAccount_OnEveryResourceAndVerb_MayDoWhatItsRolesNameAndNothingElse()
    {
        await node.InstallAsync();
        var named = Rules(Manifest.Read(await node.ChartAsync("render", "--no-hooks"))).ToList();
        using var api = await Api.StartAsync(node.KubeConfig);
        var served = await api.ResourcesAsync();
        served.Count.ShouldBeGreaterThan(100);
        var questions = from ns in Namespaces
                        from q in served.SelectMany(r => Verbs.Select(v => (r.Group, r.Resource, Verb: v))).Concat(Powers).Distinct()
                        where !Everybodys.Contains(q.Resource)
                        select (Namespace: ns, q.Group, q.Resource, q.Verb);

        ConcurrentBag<string> wrong = [];
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (q, _) =>
        {
            var may = await api.MayAsync(Operator, q.Verb, q.Group, q.Resource, q.Namespace);
            if (may != named.Any(rule => rule.Names(q.Verb, q.Group, q.Resource, q.Namespace))) wrong.Add($"{q} is {(may ? "allowed" : "refused")}");
        });

        wrong.Order().ShouldBeEmpty();
        named.ShouldNotContain(rule => rule.Resources.Any(r => r.StartsWith("secrets", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("create", "bulkhead.dev", "workflowexecutions", true, "to run workflows is what the role is for")]
    [InlineData("get", "bulkhead.dev", "connections", true, "to see which connections there are")]
    [InlineData("create", "bulkhead.dev", "connections", false, "a Connection mounts a Secret of its author's choice")]
    [InlineData("patch", "bulkhead.dev", "connections", false, "so does an edited one")]
    [InlineData("update", "bulkhead.dev", "workflowexecutions/status", false, "a record is not forged")]
    [InlineData("patch", "bulkhead.dev", "tenants", false, "limits are the platform's")]
    [InlineData("create", "", "pods", false, "a pod could mount every Secret")]
    [InlineData("get", "", "secrets", false, "credentials go to the kubelet alone")]
    [InlineData("create", "", "pods/exec", false, "a worker holds open connections")]
    public async Task User_WithTheChartsEditRole_MayRunAndNoMore(string verb, string group, string resource, bool expected, string because)
    {
        await node.InstallAsync();
        await node.ApplyAsync("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: alice, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bulkhead-edit}
            subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
            """);
        using var api = await Api.StartAsync(node.KubeConfig);

        (await api.MayAsync("alice", verb, group, resource, "default")).ShouldBe(expected, because);
        (await api.MayAsync("alice", verb, group, resource, Node.Namespace)).ShouldBeFalse("another namespace, the operator's own");
    }

    /// <summary>What the chart's bindings give the operator's account.</summary>
    private static IEnumerable<Rule> Rules(IReadOnlyList<Manifest> chart) =>
        from binding in chart
        where binding.Kind is "RoleBinding" or "ClusterRoleBinding" && binding.Object["subjects"]!.AsArray().Any(s => (string?)s!["name"] == "bulkhead-operator")
        let reference = binding.Object["roleRef"]!
        let role = chart.Single(m => m.Kind == (string)reference["kind"]! && m.Name == (string)reference["name"]! && (m.Kind == "ClusterRole" || m.Namespace == binding.Namespace))
        from rule in role.Object["rules"]!.AsArray()
        where rule!["resourceNames"] is null
        select new Rule(binding.Namespace, Texts(rule["apiGroups"]), Texts(rule["resources"]), Texts(rule["verbs"]));

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];

    private sealed record Rule(string? Namespace, string[] Groups, string[] Resources, string[] Verbs)
    {
        public bool Names(string verb, string group, string resource, string ns) =>
            (Namespace is null || Namespace == ns) && Verbs.Contains(verb) && Groups.Contains(group) && Resources.Contains(resource);
    }
}
