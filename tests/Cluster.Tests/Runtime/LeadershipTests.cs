using System.Diagnostics;
using System.Runtime.InteropServices;
using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>Two operators in processes of their own: one works at a time, and the other takes over.</summary>
[Collection(ClusterCollection.Name)]
public sealed class LeadershipTests(ApiServer server) : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private readonly List<Process> _processes = [];
    private string _ns = "";
    private string _own = "";

    private enum Signal
    {
        Kill = 9,
        Term = 15,
    }

    public async Task InitializeAsync()
    {
        _ns = await server.NamespaceAsync("lead");
        _own = await server.NamespaceAsync("lead-own");
        for (var i = 0; i < 3; i++)
            await server.Client.CreateAsync(Widget.Named($"w{i}", _ns));
        Start();
        Start();
    }

    public Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
        foreach (var file in Files().Append(_file))
            File.Delete(file);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(9, 20, "kill -9: the lease runs out (15 s) and the other looks every 2 s")]
    [InlineData(15, 3, "SIGTERM: the lease is given back and the other looks every 2 s")]
    public async Task Leader_Ends_OtherTakesOverInTimeAndNeverBeside(int signal, int seconds, string because)
    {
        await Eventually.TrueAsync(() => Turns().Count > 20, TimeSpan.FromSeconds(40), () => "the first leader to work");
        var first = Turns()[^1].Process;
        var other = _processes.Single(p => p.Id != first).Id;
        var ended = Stopwatch.GetTimestamp();

        Send(first, (Signal)signal).ShouldBe(0);

        await Eventually.TrueAsync(() => Turns().Any(t => t.Process == other), TimeSpan.FromSeconds(seconds + 10), () => because);
        var taken = Turns().First(t => t.Process == other).Time;
        Stopwatch.GetElapsedTime(ended, taken).TotalSeconds.ShouldBeLessThanOrEqualTo(seconds, because);
        await Eventually.TrueAsync(() => Turns().Count(t => t.Process == other) > 10, TimeSpan.FromSeconds(10), () => "the second leader to work");
        var turns = Turns();
        turns.Where(t => t.Process == first).Max(t => t.Time).ShouldBeLessThan(turns.Where(t => t.Process == other).Min(t => t.Time), "never both");
        var lease = await server.Client.GetAsync<V1Lease>("turns-leader", _own);
        lease!.Spec.LeaseTransitions.ShouldBe(2);
    }

    [Fact]
    public async Task Leader_CannotRenew_StopsBeforeTheOtherBegins()
    {
        // The leader's process stands still (a long pause, a swapped-out machine) and comes back after the other has taken over.
        await Eventually.TrueAsync(() => Turns().Count > 20, TimeSpan.FromSeconds(40), () => "the first leader to work");
        var first = Turns()[^1].Process;
        var other = _processes.Single(p => p.Id != first).Id;
        const int Stop = 19, Continue = 18;

        Kill(first, Stop).ShouldBe(0);
        await Eventually.TrueAsync(() => Turns().Any(t => t.Process == other), TimeSpan.FromSeconds(30), () => "the other to take over");
        var before = Turns().Count(t => t.Process == first && t.Step == "begin");
        Kill(first, Continue).ShouldBe(0);
        await Eventually.TrueAsync(() => Turns().Count(t => t.Process == other) > 200, TimeSpan.FromSeconds(30), () => "the second leader to work");

        // Turns that were running when it stood still may end; a few more may begin before its clock is read again.
        (Turns().Count(t => t.Process == first && t.Step == "begin") - before).ShouldBeLessThanOrEqualTo(3);
        Turns().TakeLast(50).ShouldAllBe(t => t.Process == other);
    }

    private static int Send(int process, Signal signal) => Kill(process, (int)signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private void Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Bulkhead.Cluster.Operator.dll");
        // They look at one namespace and live in another, which holds their lease.
        var start = new ProcessStartInfo("dotnet", ["exec", program, server.KubeConfig, _ns, "turns", _file]) { Environment = { ["POD_NAMESPACE"] = _own } };
        _processes.Add(Process.Start(start)!);
    }

    private List<(long Time, int Process, string Step)> Turns() =>
    [
        .. Files().SelectMany(Lines)
            .Select(l => l.Split(' '))
            .Where(p => p.Length == 4)
            .Select(p => (long.Parse(p[0]), int.Parse(p[1]), p[2]))
            .OrderBy(t => t.Item1),
    ];

    private string[] Files() => Directory.GetFiles(Path.GetDirectoryName(_file)!, $"{Path.GetFileName(_file)}.*");

    private static string[] Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
