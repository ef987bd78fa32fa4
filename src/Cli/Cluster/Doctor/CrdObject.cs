using System.Text.Json;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>A CustomResourceDefinition, as far as it is looked at.</summary>
[KubernetesEntity(Group = "apiextensions.k8s.io", ApiVersion = "v1", Kind = "CustomResourceDefinition", PluralName = "customresourcedefinitions")]
internal sealed class CrdObject : CustomKubernetesEntity
{
    public JsonElement Spec { get; set; }
}
