using Bulkhead.Cluster.Tests.Clusters;
using k8s;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Client;

/// <summary>The log of a pod that runs.</summary>
[Collection(NodeCollection.Name)]
[Trait("Needs", "OwnServer")]
public sealed class PodLogTests(ExecutionCluster cluster)
{
    private const string UntilTold = "trap 'echo bye; exit 0' TERM; echo hello; while :; do sleep 0.1; done";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Follow_PodRunsAndEnds_GivesEveryLineAndEnds()
    {
        var pod = await RunAsync("follow", UntilTold);
        using var limit = new CancellationTokenSource(Patience);
        using var log = new StreamReader(await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(
            pod.Name(), "default", follow: true, cancellationToken: limit.Token));

        (await log.ReadLineAsync(limit.Token)).ShouldBe("hello");
        var next = log.ReadLineAsync(limit.Token).AsTask();
        (await cluster.Client.GetAsync<V1Pod>(pod.Name(), "default"))!.Status.ContainerStatuses[0].State.Running.ShouldNotBeNull();
        next.IsCompleted.ShouldBeFalse("the container runs and says nothing");
        await cluster.KubectlAsync(["exec", pod.Name(), "--", "kill", "-TERM", "1"]);

        (await next).ShouldBe("bye");
        (await log.ReadLineAsync(limit.Token)).ShouldBeNull("the log ends with the container");
        await cluster.Client.ApiClient.CoreV1.DeleteNamespacedPodAsync(pod.Name(), "default", gracePeriodSeconds: 0);
    }

    [Fact]
    public async Task Follow_Cancelled_EndsWhileThePodRuns()
    {
        var pod = await RunAsync("cancel", UntilTold);
        using var limit = new CancellationTokenSource(Patience);
        using var log = new StreamReader(await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(pod.Name(), "default", follow: true));
        await log.ReadLineAsync(limit.Token);
        var next = log.ReadLineAsync(limit.Token).AsTask();

        await limit.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => (await next).ShouldBe("nothing"));
        (await cluster.Client.GetAsync<V1Pod>(pod.Name(), "default"))!.Status.Phase.ShouldBe("Running");
        await cluster.Client.DeleteAsync(pod);
    }

    [Fact]
    public async Task Read_PodEnded_GivesWhatWasAskedFor()
    {
        var pod = await RunAsync("ended", "for i in 1 2 3 4; do echo line $i; done; echo 'bulkhead.result.v1 {}'", "Succeeded");

        (await ReadAsync(pod)).ShouldBe("line 1\nline 2\nline 3\nline 4\nbulkhead.result.v1 {}\n");
        (await ReadAsync(pod, tailLines: 1)).ShouldBe("bulkhead.result.v1 {}\n");
        (await ReadAsync(pod, limitBytes: 6)).ShouldBe("line 1");
        (await ReadAsync(pod, tailLines: 1, timestamps: true)).ShouldMatch(@"^20\d\d-\d\d-\d\dT\S+ bulkhead\.result\.v1 \{\}\n$");
        await cluster.Client.DeleteAsync(pod);
    }

    private async Task<string> ReadAsync(V1Pod pod, int? tailLines = null, int? limitBytes = null, bool? timestamps = null)
    {
        using var log = new StreamReader(await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(
            pod.Name(), "default", tailLines: tailLines, limitBytes: limitBytes, timestamps: timestamps));
        return await log.ReadToEndAsync();
    }

    private async Task<V1Pod> RunAsync(string name, string script, string phase = "Running")
    {
        await cluster.Client.CreateAsync(new V1Pod
        {
            Metadata = new() { Name = name, NamespaceProperty = "default" },
            Spec = new()
            {
                RestartPolicy = "Never",
                Containers = [new() { Name = "c", Image = "localhost/busybox:1", ImagePullPolicy = "Never", Command = ["sh", "-c", script] }],
            },
        });
        V1Pod? pod = null;
        await Eventually.TrueAsync(
            async () => (pod = await cluster.Client.GetAsync<V1Pod>(name, "default"))?.Status?.Phase == phase, Patience,
            () => $"the pod is {KubernetesJson.Serialize(pod!.Status)}");
        return pod!;
    }
}
