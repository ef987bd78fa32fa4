using k8s.Models;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>One verb on one resource.</summary>
/// <param name="Group">Empty: the core API.</param>
/// <param name="Resource">With its subresource: <c>pods/log</c>.</param>
/// <param name="Verb">get, list, ...</param>
internal sealed record Right(string Group, string Resource, string Verb)
{
    private const string Ours = "bulkhead.dev";

    /// <summary>Where the right is needed: null, where the executions are; a namespace; or "*": the whole cluster, whatever the operator's scope.</summary>
    public string? Where { get; init; }

    /// <summary>Only for one object.</summary>
    public string? Name { get; init; }

    /// <summary>What a person needs for each command.</summary>
    public static IReadOnlyList<(string Commands, IReadOnlyList<Right> Rights)> OfCommands { get; } =
    [
        ("get, list", [.. Of(Ours, "workflowexecutions", "get", "list")]),
        ("describe", [.. Of("", "events", "list")]),
        ("logs", [.. Of("", "pods", "list"), .. Of("", "pods/log", "get")]),
        ("submit --wait", [.. Of(Ours, "workflowexecutions", "create", "watch")]),
        ("suspend, resume, stop, terminate, retry", [.. Of(Ours, "workflowexecutions", "patch")]),
    ];

    /// <summary>All that config/rbac gives the operator; a test compares the two.</summary>
    /// <param name="home">The operator's own namespace.</param>
    public static IReadOnlyList<Right> OfOperator(string home) =>
    [
        .. Of(Ours, "workflowexecutions", "get", "list", "watch", "patch", "delete"),
        .. Of(Ours, "workflows", "get", "list", "watch"),
        .. Of(Ours, "connections", "get", "list", "watch"),
        .. Of(Ours, "workflowexecutions/status", "update"), .. Of(Ours, "workflows/status", "update"), .. Of(Ours, "connections/status", "update"),
        .. Of("", "pods", "get", "list", "watch", "create", "patch", "delete"),
        .. Of("", "pods/log", "get"),
        .. Of("", "configmaps", "get", "create", "patch", "delete"),
        .. Of("", "events", "get", "list", "create", "patch"),
        .. Of(Ours, "tenants", "get", "list", "watch").Select(r => r with { Where = "*" }),
        .. Of(Ours, "tenants/status", "update").Select(r => r with { Where = "*" }),
        .. Of("", "namespaces", "get").Concat(Of("", "nodes", "get")).Select(r => r with { Where = "*" }),
        .. Of("coordination.k8s.io", "leases", "create").Select(r => r with { Where = home }),
        .. Of("coordination.k8s.io", "leases", "get", "update").Select(r => r with { Where = home, Name = "bulkhead-operator-leader" }),
        .. Of("coordination.k8s.io", "leases", "get").Select(r => r with { Where = "kube-node-lease" }),
    ];

    /// <param name="ns">Where the executions are; null: every namespace.</param>
    public V1ResourceAttributes In(string? ns) => new()
    {
        Group = Group,
        Resource = Resource.Split('/')[0],
        Subresource = Resource.Split('/') is [_, var sub] ? sub : null,
        Verb = Verb,
        Name = Name,
        NamespaceProperty = Where switch { null => ns, "*" => null, _ => Where },
    };

    public override string ToString() => $"{Verb} {Resource}{(Where is null or "*" ? "" : $" in {Where}")}";

    private static IEnumerable<Right> Of(string group, string resource, params IEnumerable<string> verbs) => verbs.Select(verb => new Right(group, resource, verb));
}
