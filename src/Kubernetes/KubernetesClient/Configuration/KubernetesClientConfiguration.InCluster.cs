#nullable disable
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>True in a pod that has a service account's token.</summary>
    public static bool IsInCluster() =>
        Surroundings.InClusterHost is not null && File.Exists(Path.Combine(ServiceAccount, "token"));

    /// <summary>The service account of this pod; token and authorities are read again every minute.</summary>
    /// <exception cref="KubeConfigException">This is no pod, or it has no token.</exception>
    public static KubernetesClientConfiguration InClusterConfig()
    {
        if (!IsInCluster())
            throw new KubeConfigException("Not in a cluster: KUBERNETES_SERVICE_HOST or the service account's token is missing.");
        var file = Path.Combine(ServiceAccount, "ca.crt");
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return new()
        {
            Host = Surroundings.InClusterHost,
            SslCaCerts = authorities,
            AuthorityFile = file,
            TokenProvider = new TokenFileAuth(Path.Combine(ServiceAccount, "token")),
            Namespace = File.ReadAllText(Path.Combine(ServiceAccount, "namespace")).Trim(),
        };
    }
}
