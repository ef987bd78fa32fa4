using System.CommandLine;
using System.Security.Cryptography;
using Bulkhead.Api.Text;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Exceptions;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster;

/// <summary>The cluster that a command line names, and the namespace in it. The kubeconfig is read at first use, so that what can be judged without it is judged first.</summary>
internal sealed class ClusterAccess(ParseResult parsed) : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private readonly string? _namespace = parsed.GetValue(ClusterOptions.Namespace);
    private readonly Lazy<(KubernetesClient Client, string? Namespace)> _opened = new(() => Open(parsed));

    /// <exception cref="KubeConfigException">There is no kubeconfig, or it lacks what it names.</exception>
    public KubernetesClient Client => _opened.Value.Client;

    public string Namespace => _namespace ?? _opened.Value.Namespace ?? "default";

    /// <summary>The command line names the namespace; else it is the context's.</summary>
    public bool IsNamespaceGiven => _namespace is not null;

    /// <summary>Null: nothing was asked yet.</summary>
    public Uri? Server => _opened.IsValueCreated ? Client.BaseUri : null;

    /// <exception cref="ClusterFaultException">It is not there; the message has the nearest names.</exception>
    public async Task<WorkflowExecutionEntity> ExecutionAsync(string name, CancellationToken ct) =>
        await Client.GetAsync<WorkflowExecutionEntity>(name, Namespace, ct) ?? throw new ClusterFaultException(await NotFoundAsync(name, ct), ExitCode.BadInput);

    public void Dispose()
    {
        if (_opened.IsValueCreated) Client.Dispose();
    }

    private static (KubernetesClient Client, string? Namespace) Open(ParseResult parsed)
    {
        var (file, context) = (parsed.GetValue(ClusterOptions.KubeConfig), parsed.GetValue(ClusterOptions.Context));
        try
        {
            var config = file is null && context is null
                ? KubernetesClientConfiguration.BuildDefaultConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(file, context);
            config.HttpClientTimeout = LongestAnswer;
            return (new KubernetesClient(config), config.Namespace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or CryptographicException or ArgumentException or KeyNotFoundException)
        {
            throw new KubeConfigException($"The kubeconfig cannot be used: {e.Message}", e);
        }
    }

    private async Task<string> NotFoundAsync(string name, CancellationToken ct)
    {
        // The list of an API without our resources is 404 as well, and says so: the CRDs are missing.
        var names = (await Client.ListAsync<WorkflowExecutionEntity>(Namespace, cancellationToken: ct)).Select(e => e.Name()).ToList();
        var near = Nearest.Find(name, names) is { } one ? [one] : names.Where(n => n.Contains(name, StringComparison.Ordinal) || name.Contains(n, StringComparison.Ordinal)).Take(5).ToList();
        return $"There is no execution '{Quoted.Short(name)}' in namespace {Namespace}."
            + (near.Count > 0 ? $" Did you mean {string.Join(", ", near)}?" : names.Count > 0 ? " See: bulkhead list" : " It has none at all; see: bulkhead list -A");
    }
}
