#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>A named cluster.</summary>
public class Cluster
{
    [YamlMember(Alias = "name", ApplyNamingConventions = false)]
    public string Name { get; set; }

    [YamlMember(Alias = "cluster", ApplyNamingConventions = false)]
    public ClusterEndpoint ClusterEndpoint { get; set; }
}
