#nullable disable
using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

/// <summary>Credentials: certificate, token, password or a program that gives them.</summary>
public class UserCredentials
{
    [YamlMember(Alias = "client-certificate-data", ApplyNamingConventions = false)]
    public string ClientCertificateData { get; set; }

    [YamlMember(Alias = "client-certificate", ApplyNamingConventions = false)]
    public string ClientCertificate { get; set; }

    [YamlMember(Alias = "client-key-data", ApplyNamingConventions = false)]
    public string ClientKeyData { get; set; }

    [YamlMember(Alias = "client-key", ApplyNamingConventions = false)]
    public string ClientKey { get; set; }

    [YamlMember(Alias = "token", ApplyNamingConventions = false)]
    public string Token { get; set; }

    [YamlMember(Alias = "tokenFile", ApplyNamingConventions = false)]
    public string TokenFile { get; set; }

    [YamlMember(Alias = "username", ApplyNamingConventions = false)]
    public string UserName { get; set; }

    [YamlMember(Alias = "password", ApplyNamingConventions = false)]
    public string Password { get; set; }

    /// <summary>Read to say that it is not supported: without it the user would be nobody, without a word.</summary>
    [YamlMember(Alias = "auth-provider", ApplyNamingConventions = false)]
    internal Dictionary<string, object> AuthProvider { get; set; }

    [YamlMember(Alias = "exec", ApplyNamingConventions = false)]
    public ExternalExecution ExternalExecution { get; set; }
}
