using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Cluster.Operator;

/// <summary>A custom resource that only tests use.</summary>
[KubernetesEntity(Group = "tests.bulkhead.dev", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
public sealed class Widget : CustomKubernetesEntity<WidgetSpec, WidgetStatus>
{
    public static Widget Named(string name, string ns, int value = 0, string? payload = null) => new()
    {
        ApiVersion = "tests.bulkhead.dev/v1",
        Kind = "Widget",
        Metadata = new() { Name = name, NamespaceProperty = ns },
        Spec = new() { Value = value, Payload = payload },
    };
}

public sealed record WidgetSpec
{
    public int Value { get; set; }

    public string? Payload { get; set; }
}

public sealed record WidgetStatus
{
    public int? Seen { get; set; }

    public string? By { get; set; }
}
