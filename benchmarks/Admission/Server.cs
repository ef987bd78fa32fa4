using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>The API server that is measured.</summary>
internal sealed class Server(string kubeconfig, string program) : IDisposable
{
    private static readonly JsonElement Workflow = JsonElement.Parse("""{"name":"trivial","nodes":[{"name":"one","run":"return {one = 1}"}]}""");

    public KubernetesClient Client { get; } = new(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));

    public KubernetesClient OwnClient() => new(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));

    /// <summary>With the account that no controller manager makes here.</summary>
    public async Task<string> NamespaceAsync()
    {
        var name = (await Client.CreateAsync(new V1Namespace { Metadata = new V1ObjectMeta { GenerateName = "bench-" } })).Metadata.Name;
        await Client.CreateAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "default", NamespaceProperty = name } });
        return name;
    }

    /// <summary>The operator as a process of its own, for all namespaces.</summary>
    public OperatorProcess Operator(int slots) => OperatorProcess.Start(program, kubeconfig, slots);

    /// <summary>Creates executions, 32 at a time.</summary>
    public Task SubmitAsync(string ns, string name, int count) => Parallel.ForEachAsync(
        Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (n, ct) => await Client.CreateAsync(
            new WorkflowExecutionEntity
            {
                Metadata = new V1ObjectMeta { Name = $"{name}-{n}", NamespaceProperty = ns },
                Spec = new WorkflowExecutionSpec { Workflow = Workflow },
            },
            ct));

    public Task<IList<Glance>> ListAsync(string ns) => Client.ListAsync<Glance>(ns);

    /// <summary>Waits until so many of a namespace are as asked.</summary>
    /// <returns>When each of them was seen to be so, from the beginning of the wait.</returns>
    public async Task<IReadOnlyList<TimeSpan>> UntilAsync(string ns, int count, Func<Glance, bool> isSo, TimeSpan within)
    {
        var begun = Stopwatch.StartNew();
        var seen = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        using var limit = new CancellationTokenSource(within);
        try
        {
            while (true)
            {
                await foreach (var (type, execution) in Client.WatchAsync<Glance>(ns, cancellationToken: limit.Token))
                {
                    if (type is not (WatchEventType.Added or WatchEventType.Modified) || !isSo(execution)) seen.Remove(execution.Metadata.Name);
                    else seen.TryAdd(execution.Metadata.Name, begun.Elapsed);
                    if (seen.Count >= count) return [.. seen.Values.Order()];
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{seen.Count} of {count} in {ns} after {within}", e);
        }
    }

    public async Task<Requests> RequestsAsync()
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, "get", "--raw", "/metrics"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        return Requests.Read(text);
    }

    /// <summary>Processor time of a daemon of the test cluster, whose process ids lie beside its kubeconfig.</summary>
    public TimeSpan Processor(string daemon)
    {
        var id = File.ReadAllText(Path.Combine(Path.GetDirectoryName(kubeconfig)!, "pids", daemon));
        using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        return process.TotalProcessorTime;
    }

    public void Dispose() => Client.Dispose();
}
