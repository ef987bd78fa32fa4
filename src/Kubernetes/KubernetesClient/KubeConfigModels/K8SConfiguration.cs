#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>A kubeconfig file.</summary>
public class K8SConfiguration
{
    [YamlMember(Alias = "current-context", ApplyNamingConventions = false)]
    public string CurrentContext { get; set; }

    [YamlMember(Alias = "contexts", ApplyNamingConventions = false)]
    public IEnumerable<Context> Contexts { get; set; }

    [YamlMember(Alias = "clusters", ApplyNamingConventions = false)]
    public IEnumerable<Cluster> Clusters { get; set; }

    [YamlMember(Alias = "users", ApplyNamingConventions = false)]
    public IEnumerable<User> Users { get; set; }
}
