using System.Collections.Concurrent;
using System.Diagnostics;
using Bulkhead.Cluster.Operator;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>
/// Start over many objects of 2 KB, in a fresh process: until each was reconciled once; the memory then; the requests that it took.
/// </summary>
internal sealed class StartRun(Server server, Report report)
{
    public async Task RunAsync(string kubeconfig, int many)
    {
        var ns = await server.NamespaceAsync();
        var payload = new string('x', 1600);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, many), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, ct) => await server.Client.CreateAsync(Widget.Named($"w{i}", ns, i, payload), ct));
        var before = await server.RequestsAsync();
        var self = new ProcessStartInfo("dotnet", ["exec", typeof(StartRun).Assembly.Location, "start", kubeconfig, ns, many.ToString()])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var child = Process.Start(self)!;
        var lines = (await child.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await child.WaitForExitAsync();
        foreach (var line in lines)
            report.Add(line[..line.LastIndexOf(": ", StringComparison.Ordinal)], line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]);
        report.Add("requests that the server counted for that start and its end", $"{await server.RequestsAsync() - before}");
    }

    /// <summary>The child's part.</summary>
    public async Task StartAsync(string ns, int many)
    {
        var seen = new ConcurrentDictionary<string, byte>();
        var begun = Stopwatch.GetTimestamp();
        using var host = await server.OperatorAsync(ns, (name, _) => seen.TryAdd(name, 0));
        while (seen.Count < many)
            await Task.Delay(1);
        report.Add($"start over {many} objects of 2 KB, all reconciled", $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s");
        report.Add("RSS at that moment", Report.Rss());
        await Task.Delay(TimeSpan.FromSeconds(10));
        report.Add("RSS ten seconds later", Report.Rss());
        await host.StopAsync();
    }
}
