namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>As <see cref="ApiServer"/>, with a node that runs pods: <c>eng/cluster up</c>, as root. Its networks are this process's own.</summary>
public class NodeCluster() : ApiServer([], $"n{Environment.ProcessId}", new()
{
    ["KUBE_NET"] = Network,
    ["KUBE_PODS"] = $"10.245.{Environment.ProcessId % 250}.0/24",
})
{
    /// <summary>The first three bytes of the network between node (.1) and machine (.2).</summary>
    private protected static string Network { get; } = $"10.98.{Environment.ProcessId % 250}";

    /// <summary>A signal for the kubelet: STOP freezes it as it is, CONT lets it go on.</summary>
    public Task SignalKubeletAsync(string signal) => Shell.RunAsync(
        "kill", [$"-{signal}", File.ReadAllText(Path.Combine(Path.GetDirectoryName(KubeConfig)!, "pids", "kubelet")).Trim()]);

    /// <summary>The last lines of kubelet and containerd that name something, such as a pod's uid.</summary>
    public IEnumerable<string> NodeLog(string what) =>
        from daemon in (string[])["kubelet", "containerd"]
        let file = Path.Combine(Path.GetDirectoryName(KubeConfig)!, "logs", $"{daemon}.log")
        where File.Exists(file)
        from line in File.ReadLines(file).Where(l => l.Contains(what, StringComparison.Ordinal)).TakeLast(20)
        select $"{daemon}: {line}";
}

/// <summary>Tests with real pods, one after the other: some stop the kubelet or the database.</summary>
[CollectionDefinition(Name)]
public sealed class NodeCollection : ICollectionFixture<ExecutionCluster>
{
    public const string Name = "node";
}
