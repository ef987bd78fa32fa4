using System.Diagnostics;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>
/// What is left of an execution whose starter died. Fence first: its worker was told to end by the closed lifeline; only when it is
/// gone are the sessions ended by owner tag.
/// </summary>
/// <param name="job">What was run.</param>
/// <param name="secrets">Connection name to secret key to value.</param>
/// <param name="clock">The clock.</param>
public sealed class AbandonedExecution(Job job, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Path of the worker program. Default: beside this one.</summary>
    public string Program { get; init; } = WorkerProcess.Location;

    /// <summary>What is left of the connections, each proven or not. No connection declared: nothing is asked.</summary>
    public async Task<IReadOnlyList<ConnectionResult>> ReleaseAsync(CancellationToken cancellationToken)
    {
        await FenceAsync(cancellationToken);
        if (job.Connections.Count == 0) return [];
        using var folder = ContractFolder.Create(job, secrets);
        return ReleaseRun.Results(job, await ReleaseRun.RunAsync(Program, folder.Path), []);
    }

    private async Task FenceAsync(CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() + TimeSpan.FromMilliseconds(job.ReleaseGracefulMs) + TimeSpan.FromSeconds(5);
        while (ContractFolder.Holders(job.ExecutionUid) is { Count: > 0 } workers)
        {
            if (clock.GetUtcNow() >= end) workers.ForEach(Kill);
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended between the look and the kill.
        }
    }
}
