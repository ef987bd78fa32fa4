using System.ComponentModel;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>Runs <c>worker release</c> once the worker is surely gone.</summary>
public static class ReleaseRun
{
    /// <summary>Null when the release itself could not be run.</summary>
    /// <param name="program">Path of the worker program.</param>
    /// <param name="folder">The contract directory.</param>
    public static async Task<ReleaseReport?> RunAsync(string program, string folder)
    {
        try
        {
            using var worker = WorkerProcess.Start(program, "release", folder);
            ReleaseReport? report = null;
            while (await worker.Output.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (line.StartsWith(ContractPaths.ReleasePrefix, StringComparison.Ordinal))
                    report = JsonSerializer.Deserialize(line.AsSpan(ContractPaths.ReleasePrefix.Length), ContractJson.Default.ReleaseReport);
            }

            await worker.WaitForExitAsync();
            return report;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The connections of the result: what the worker knew, corrected by what the release proved.</summary>
    public static IReadOnlyList<ConnectionResult> Results(Job job, ReleaseReport? report, IReadOnlyList<ConnectionResult> known)
    {
        var released = report?.Connections.ToDictionary(c => c.Name, StringComparer.Ordinal) ?? [];
        var before = known.ToDictionary(c => c.Name, StringComparer.Ordinal);
        return [.. job.Connections.Select(c =>
        {
            var release = released.GetValueOrDefault(c.Name);
            var result = before.GetValueOrDefault(c.Name)
                ?? new ConnectionResult(c.Name, release?.Type ?? c.Type, release?.Key ?? "", Handle: null, ConnectionState.Unknown, "The release could not be run.");
            return release is null
                ? result
                : result with { State = release.Proven ? ConnectionState.Released : ConnectionState.Unknown, Message = release.Message };
        })];
    }
}
