using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>Uses up the memory of a pod from inside its cgroup, so that the kernel kills in it as it would for a worker that grew.</summary>
internal static class Memory
{
    public static async Task ExhaustAsync(V1Pod pod)
    {
        var worker = Scenario.Processes(pod)[0];
        // The hog joins the worker's cgroup and is the smaller victim: the kernel is told to prefer the worker.
        await Shell.RunAsync("sh", ["-c", $"echo 1000 > /proc/{worker}/oom_score_adj"]);
        var cgroup = CgroupOf(worker);
        await Shell.RunAsync("sh", ["-c", $"echo $$ > {cgroup}/cgroup.procs; echo -500 > /proc/self/oom_score_adj; head -c 400m /dev/zero | tail -c 400m > /dev/null || true"]);
    }

    private static string CgroupOf(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/cgroup");
        var memory = lines.FirstOrDefault(l => l.Contains(":memory:", StringComparison.Ordinal));
        return memory is not null ? $"/sys/fs/cgroup/memory{memory.Split(':')[2]}" : $"/sys/fs/cgroup{lines[0].Split(':')[2]}";
    }
}
