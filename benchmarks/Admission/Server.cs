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
    public Task SubmitAsync(string ns, string name, int count, string? user = null) => Parallel.ForEachAsync(
        Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (n, ct) => await Client.CreateAsync(
            new WorkflowExecutionEntity
            {
                Metadata = new V1ObjectMeta { Name = $"{name}-{n}", NamespaceProperty = ns },
                Spec = new WorkflowExecutionSpec { Workflow = Workflow, UserId = user },
            },
            ct));

    public async Task<IList<WorkflowExecutionEntity>> ListAsync(string ns) => await Client.ListAsync<WorkflowExecutionEntity>(ns);

    /// <summary>Waits until so many of a namespace are as asked.</summary>
    public async Task<TimeSpan> UntilAsync(string ns, int count, Func<WorkflowExecutionEntity, bool> isSo, TimeSpan within)
    {
        var begun = Stopwatch.StartNew();
        while ((await ListAsync(ns)).Count(isSo) is var now && now < count)
        {
            if (begun.Elapsed > within) throw new TimeoutException($"{now} of {count} after {within}");
            await Task.Delay(200);
        }

        return begun.Elapsed;
    }

    /// <summary>Requests that the server has answered so far, by its own counter.</summary>
    public async Task<Requests> RequestsAsync()
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, "get", "--raw", "/metrics"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        return new Requests(
        [
            .. from line in text.Split('\n')
               where line.StartsWith("apiserver_request_total{", StringComparison.Ordinal)
               select (Label(line, "resource"), Label(line, "subresource"), Label(line, "verb"), double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)),
        ]);
    }

    public static bool IsFinished(WorkflowExecutionEntity e) => e.Status?.CompletionTime is not null;

    public static bool Admitted(WorkflowExecutionEntity e, string status) => e.Status?.Conditions?.Any(c => c.Type == "Admitted" && c.Status == status) == true;

    public void Dispose() => Client.Dispose();

    private static string Label(string line, string name)
    {
        var at = Math.Max(line.IndexOf($",{name}=\"", StringComparison.Ordinal), line.IndexOf($"{{{name}=\"", StringComparison.Ordinal));
        return at < 0 ? "" : line[(at + name.Length + 3)..line.IndexOf('"', at + name.Length + 3)];
    }
}
