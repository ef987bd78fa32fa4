using System.Diagnostics;
using k8s.Models;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>
/// The baseline: the Job controller of the same cluster, from the create of Jobs with parallelism 0 to the first status of each. They have a deadline of 0 s, for
/// a Job without pods and without news gets no status at all (1.20).
/// </summary>
internal sealed class JobRun(Server server, Report report)
{
    private const int Jobs = 100;

    public async Task RunAsync()
    {
        var ns = await server.NamespaceAsync();
        var begun = new long[Jobs];
        var done = new long[Jobs];
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var watching = WatchAsync(ns, done, end);
        for (var i = 0; i < Jobs; i++)
        {
            await server.Client.CreateAsync(Job($"j{i}", ns));
            begun[i] = Stopwatch.GetTimestamp();
            await Task.Delay(10);
        }
        await watching;
        var times = begun.Zip(done).Where(t => t.Second > 0).Select(t => t.Second < t.First ? TimeSpan.Zero : Stopwatch.GetElapsedTime(t.First, t.Second)).ToList();
        if (times.Count == 0)
            report.Add("baseline: Job controller, create -> first status", "not measured: no controller manager runs here");
        else
            report.AddTimes("baseline: Job controller, create -> first status (its own PUT included)", times);
    }

    private async Task WatchAsync(string ns, long[] done, CancellationTokenSource end)
    {
        try
        {
            await foreach (var (_, job) in server.Client.WatchAsync<V1Job>(ns, cancellationToken: end.Token))
            {
                if (job.Status?.StartTime is null)
                    continue;
                ref var at = ref done[int.Parse(job.Metadata.Name[1..])];
                at = at == 0 ? Stopwatch.GetTimestamp() : at;
                if (Array.TrueForAll(done, d => d > 0))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // What has no status by now has no controller.
        }
    }

    private static V1Job Job(string name, string ns) => new()
    {
        Metadata = new() { Name = name, NamespaceProperty = ns },
        Spec = new()
        {
            Parallelism = 0,
            ActiveDeadlineSeconds = 0,
            Template = new()
            {
                Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "c", Image = "localhost/busybox:1" }] },
            },
        },
    };
}
