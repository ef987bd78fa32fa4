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
        var context = read.Contexts?.FirstOrDefault(c => c?.Name == name)?.ContextDetails
            ?? throw new KubeConfigException($"The kubeconfig has no context '{name}'.");
        var cluster = read.Clusters?.FirstOrDefault(c => c?.Name == context.Cluster)?.ClusterEndpoint
            ?? throw new KubeConfigException($"The kubeconfig has no cluster '{context.Cluster}' (context '{name}').");
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
        if (!string.IsNullOrEmpty(context.User))
            config.Use(User(read, context.User, name));
        return config;
    }

    /// <summary>To go on without the user that is named would be to ask as nobody (system:anonymous).</summary>
    private static User User(K8SConfiguration read, string user, string context) =>
        read.Users?.FirstOrDefault(u => u?.Name == user)
        ?? throw new KubeConfigException($"The kubeconfig has no user '{user}' (context '{context}').");

    private static X509Certificate2Collection Authorities(ClusterEndpoint cluster)
    {
        var (data, path) = (cluster.CertificateAuthorityData, cluster.CertificateAuthority);
        if (!string.IsNullOrEmpty(data))
            return KubeConfigValue.Read("certificate-authority-data", () => Certificates(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data))));
        return string.IsNullOrEmpty(path) ? null : KubeConfigValue.Read("certificate-authority", () => Certificates(File.ReadAllText(path)));
    }

    /// <exception cref="FormatException">There is none: to trust the machine's authorities is not what was meant.</exception>
    private static X509Certificate2Collection Certificates(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates.Count > 0 ? certificates : throw new FormatException("It holds no certificate in PEM.");
    }

    private void Use(User named)
    {
        if (named.UserCredentials is not { } user)
            return;
        ClientCertificateData = user.ClientCertificateData;
        ClientCertificateKeyData = user.ClientKeyData;
        ClientCertificateFilePath = user.ClientCertificate;
        ClientKeyFilePath = user.ClientKey;
        AccessToken = user.Token;
        Username = user.UserName;
        Password = user.Password;
        if (user.TokenFile is { Length: > 0 } file)
            TokenProvider = KubeConfigValue.Read("tokenFile", () => TokenFile(file));
        if (user.ExternalExecution is not { Command: not null } exec)
        {
            var isNobody = TokenProvider is null && string.IsNullOrEmpty(AccessToken ?? Username ?? ClientCertificateData ?? ClientCertificateFilePath);
            if (isNobody && user.AuthProvider is { } provider)
                throw new KubeConfigException($"User '{named.Name}' of the kubeconfig logs in with the auth-provider '{provider.GetValueOrDefault("name")}', which is not supported. Use an exec plugin in its place.");
            return;
        }
        // The program may answer with a certificate (TlsIdentity asks for it), which must be known before the first connection.
        var first = ExecPlugin.RunAsync(exec, CancellationToken.None).GetAwaiter().GetResult();
        TokenProvider = new ExecTokenProvider(exec, first, TimeProvider.System);
    }

    /// <summary>Looked at now, so that a file that is not there is known before the first request.</summary>
    private static TokenFileAuth TokenFile(string file)
    {
        _ = BearerToken.Header(File.ReadAllText(file).Trim());
        return new(file);
    }
}
