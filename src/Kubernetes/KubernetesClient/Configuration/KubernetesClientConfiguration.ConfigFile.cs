#nullable disable
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    /// <summary>In a pod its service account; else the files of KUBECONFIG; else <c>~/.kube/config</c>.</summary>
    /// <exception cref="KubeConfigException">None of them can be used.</exception>
    public static KubernetesClientConfiguration BuildDefaultConfig()
    {
        if (Surroundings.KubeConfigFiles is { Count: > 0 } named)
            return BuildConfig(KubeConfigFile.Load(named), null, null);
        return File.Exists(Surroundings.DefaultKubeConfig) || !IsInCluster()
            ? BuildConfigFromConfigFile(Surroundings.DefaultKubeConfig)
            : InClusterConfig();
    }

    /// <param name="kubeconfigPath">Null: KUBECONFIG, else <c>~/.kube/config</c>.</param>
    /// <param name="currentContext">Null: the file's own.</param>
    /// <param name="masterUrl">Replaces the server's address.</param>
    /// <param name="useRelativePaths">Paths in the file are relative to it; false: to the working directory.</param>
    /// <exception cref="KubeConfigException">The file is missing or names what it does not contain.</exception>
    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        string kubeconfigPath = null, string currentContext = null, string masterUrl = null, bool useRelativePaths = true)
    {
        IReadOnlyList<string> files = kubeconfigPath is null
            ? Surroundings.KubeConfigFiles is { Count: > 0 } named ? named : [Surroundings.DefaultKubeConfig]
            : [kubeconfigPath];
        return BuildConfig(KubeConfigFile.Load(files, useRelativePaths), currentContext, masterUrl);
    }

    private static KubernetesClientConfiguration BuildConfig(K8SConfiguration read, string currentContext, string masterUrl)
    {
        var name = currentContext ?? read.CurrentContext;
        var context = read.Contexts?.FirstOrDefault(c => c.Name == name)?.ContextDetails
            ?? throw new KubeConfigException($"The kubeconfig has no context '{name}'.");
        var cluster = read.Clusters?.FirstOrDefault(c => c.Name == context.Cluster)?.ClusterEndpoint
            ?? throw new KubeConfigException($"The kubeconfig has no cluster '{context.Cluster}' (context '{name}').");
        var user = read.Users?.FirstOrDefault(u => u.Name == context.User)?.UserCredentials;
        var config = new KubernetesClientConfiguration
        {
            CurrentContext = name,
            Namespace = context.Namespace,
            Host = masterUrl ?? cluster.Server ?? throw new KubeConfigException($"Cluster '{context.Cluster}' has no server."),
            SkipTlsVerify = cluster.SkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            SslCaCerts = Authorities(cluster),
            AuthorityFile = cluster is { CertificateAuthorityData: null or "", CertificateAuthority: { Length: > 0 } file } ? file : null,
        };
        if (user is not null)
            config.Use(user);
        return config;
    }

    private static X509Certificate2Collection Authorities(ClusterEndpoint cluster)
    {
        var certificates = new X509Certificate2Collection();
        if (cluster.CertificateAuthorityData is { Length: > 0 } data)
            certificates.ImportFromPem(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        else if (cluster.CertificateAuthority is { Length: > 0 } path)
            certificates.ImportFromPemFile(path);
        else
            return null;
        return certificates;
    }

    private void Use(UserCredentials user)
    {
        ClientCertificateData = user.ClientCertificateData;
        ClientCertificateKeyData = user.ClientKeyData;
        ClientCertificateFilePath = user.ClientCertificate;
        ClientKeyFilePath = user.ClientKey;
        AccessToken = user.Token;
        Username = user.UserName;
        Password = user.Password;
        if (user.TokenFile is { Length: > 0 } file)
            TokenProvider = new TokenFileAuth(file);
        if (user.ExternalExecution is not { Command: not null } exec)
            return;
        // The program may answer with a certificate (TlsIdentity asks for it), which must be known before the first connection.
        var first = ExecPlugin.RunAsync(exec, CancellationToken.None).GetAwaiter().GetResult();
        TokenProvider = new ExecTokenProvider(exec, first, TimeProvider.System);
    }
}
