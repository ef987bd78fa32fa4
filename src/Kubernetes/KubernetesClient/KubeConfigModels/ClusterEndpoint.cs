#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>Address of an API server and whom to trust.</summary>
public class ClusterEndpoint
{
    [YamlMember(Alias = "certificate-authority", ApplyNamingConventions = false)]
    public string CertificateAuthority { get; set; }

    [YamlMember(Alias = "certificate-authority-data", ApplyNamingConventions = false)]
    public string CertificateAuthorityData { get; set; }

    [YamlMember(Alias = "server", ApplyNamingConventions = false)]
    public string Server { get; set; }

    [YamlMember(Alias = "tls-server-name", ApplyNamingConventions = false)]
    public string TlsServerName { get; set; }

    [YamlMember(Alias = "insecure-skip-tls-verify", ApplyNamingConventions = false)]
    public bool SkipTlsVerify { get; set; }
}
