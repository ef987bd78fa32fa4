#nullable disable
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;

namespace k8s;

/// <summary>
/// Where the API server is and how to speak to it. Build it with <see cref="BuildDefaultConfig"/> (in the pod, else KUBECONFIG, else
/// <c>~/.kube/config</c>), <see cref="BuildConfigFromConfigFile(string,string,string,bool)"/> or <see cref="InClusterConfig"/>.
/// </summary>
public partial class KubernetesClientConfiguration
{
    /// <summary>Default namespace of the context, or of the pod.</summary>
    public string Namespace { get; set; }

    public string Host { get; set; }

    /// <summary>Authorities to trust; null: those of the machine. To set them ends the reading of the file that they came from.</summary>
    public X509Certificate2Collection SslCaCerts
    {
        get;
        set => (field, AuthorityFile) = (value, null);
    }

    /// <summary>Base64 of a PEM certificate.</summary>
    public string ClientCertificateData { get; set; }

    /// <summary>Base64 of a PEM key.</summary>
    public string ClientCertificateKeyData { get; set; }

    public string ClientCertificateFilePath { get; set; }

    public string ClientKeyFilePath { get; set; }

    public bool SkipTlsVerify { get; set; }

    /// <summary>Name to expect in the server's certificate instead of the host.</summary>
    public string TlsServerName { get; set; }

    public string UserAgent { get; set; } = "bulkhead";

    public string Username { get; set; }

    public string Password { get; set; }

    public string AccessToken { get; set; }

    public ITokenProvider TokenProvider { get; set; }

    /// <summary>Limit of one request. Watches and followed logs have it for their first answer only. Default 100 s.</summary>
    public TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>A last change to the handler that opens connections.</summary>
    public Action<SocketsHttpHandler> FirstMessageHandlerSetup { get; set; }

    public bool DisableHttp2 { get; set; }

    /// <summary>Name of the context that was chosen.</summary>
    public string CurrentContext { get; private set; }

    /// <summary>The file that <see cref="SslCaCerts"/> came from; read again when it may have been rotated.</summary>
    internal string AuthorityFile { get; set; }

    internal ClientLimits Limits { get; set; } = new();
}
