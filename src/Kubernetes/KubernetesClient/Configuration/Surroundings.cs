namespace k8s;

/// <summary>
/// The environment variables of the published client's contract. The only place of this assembly that reads the environment:
/// <c>BuildDefaultConfig</c> is defined by them, so that its callers need not be.
/// </summary>
internal static class Surroundings
{
    public static IReadOnlyList<string> KubeConfigFiles =>
        Read("KUBECONFIG")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string DefaultKubeConfig =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");

    public static string? InClusterHost
    {
        get
        {
            var host = Read("KUBERNETES_SERVICE_HOST");
            var port = Read("KUBERNETES_SERVICE_PORT");
            return host is null || port is null ? null : new UriBuilder("https", host, int.Parse(port)).Uri.ToString();
        }
    }

#pragma warning disable RS0030 // Banned outside Program; see the summary.
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030
}
