#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>A named set of credentials.</summary>
public class User
{
    [YamlMember(Alias = "name", ApplyNamingConventions = false)]
    public string Name { get; set; }

    [YamlMember(Alias = "user", ApplyNamingConventions = false)]
    public UserCredentials UserCredentials { get; set; }
}
