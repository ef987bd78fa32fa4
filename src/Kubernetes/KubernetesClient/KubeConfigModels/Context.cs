#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>A named pair of cluster and user.</summary>
public class Context
{
    [YamlMember(Alias = "name", ApplyNamingConventions = false)]
    public string Name { get; set; }

    [YamlMember(Alias = "context", ApplyNamingConventions = false)]
    public ContextDetails ContextDetails { get; set; }
}
