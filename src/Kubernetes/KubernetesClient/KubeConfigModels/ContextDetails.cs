#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>Names of the cluster, the user and the default namespace.</summary>
public class ContextDetails
{
    [YamlMember(Alias = "cluster", ApplyNamingConventions = false)]
    public string Cluster { get; set; }

    [YamlMember(Alias = "user", ApplyNamingConventions = false)]
    public string User { get; set; }

    [YamlMember(Alias = "namespace", ApplyNamingConventions = false)]
    public string Namespace { get; set; }
}
