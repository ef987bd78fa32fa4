using System.Diagnostics;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cluster.Tests.Client;

/// <summary>How hard one client presses the server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PaceTests(ApiServer server)
{
    [Fact]
    public async Task Requests_BurstSpent_ComeAtTheAgreedPace()
    {
        var config = server.Configuration();
        config.Limits = new() { Qps = 50, Burst = 10 };
        using var client = new KubernetesClient(config);
        var begun = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 35).Select(_ => client.GetAsync<V1Namespace>("default")));

        Stopwatch.GetElapsedTime(begun).TotalSeconds.ShouldBeGreaterThan(0.49, "25 of them waited 20 ms each");
    }
}
