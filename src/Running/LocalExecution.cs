using System.ComponentModel;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>
/// Runs one job in a worker process and plays the operator: reads events, takes the result, and where the worker died
/// without proof ends its server sessions by owner tag.
/// </summary>
/// <param name="job">What to run.</param>
/// <param name="secrets">Connection name to secret key to value.</param>
/// <param name="listener">Hears the worker's events.</param>
public sealed class LocalExecution(Job job, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets, IEventListener listener)
{
    /// <summary>Path of the worker program. Default: beside this one.</summary>
    public string Program { get; init; } = WorkerProcess.Location;

    private readonly Dictionary<(string Node, string? Branch), NodeResult> _nodes = [];
    private ExecutionResult? _result;

    /// <param name="cancel">First: cancel and release in good order.</param>
    /// <param name="kill">Then: kill the worker, release by tag.</param>
    public async Task<ExecutionResult> RunAsync(CancellationToken cancel, CancellationToken kill)
    {
        ContractFolder folder;
        try
        {
            folder = ContractFolder.Create(job, secrets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(Reasons.NoResult, $"The worker's directory could not be written: {e.Message}", []);
        }

        using (folder) return await RunAsync(folder, cancel, kill);
    }

    private async Task<ExecutionResult> RunAsync(ContractFolder folder, CancellationToken cancel, CancellationToken kill)
    {
        WorkerProcess worker;
        try
        {
            worker = WorkerProcess.Start(Program, "run", folder.Path, "--lifeline");
        }
        catch (Win32Exception e)
        {
            return Failed(Reasons.NoResult, $"The worker program could not be started: {e.Message}.", []);
        }

        using (worker)
        {
            using var cancelling = cancel.Register(worker.CloseLifeline);
            using var killing = kill.Register(worker.Kill);
            while (await worker.Output.ReadLineAsync(CancellationToken.None) is { } line) Take(line);
            await worker.WaitForExitAsync();
            return _result is { } result && IsReleased(result) ? result : await ReleaseAsync(folder.Path, worker);
        }
    }

    private void Take(string line)
    {
        if (line.StartsWith(ContractPaths.ResultPrefix, StringComparison.Ordinal))
        {
            _result = JsonSerializer.Deserialize(line.AsSpan(ContractPaths.ResultPrefix.Length), ContractJson.Default.ExecutionResult);
            return;
        }

        ExecutionEvent? executionEvent;
        try
        {
            executionEvent = JsonSerializer.Deserialize(line, ContractJson.Default.ExecutionEvent);
        }
        catch (JsonException)
        {
            return; // A killed worker's last line may be cut short.
        }

        listener.Take(executionEvent!, line);
        NodeHistory.Add(_nodes, executionEvent!);
    }

    private static bool IsReleased(ExecutionResult result) =>
        result.Connections.All(c => c.State is ConnectionState.Released or ConnectionState.NotOpened);

    private async Task<ExecutionResult> ReleaseAsync(string folder, WorkerProcess worker)
    {
        var report = job.Connections.Count == 0 ? null : await ReleaseRun.RunAsync(Program, folder);
        var connections = ReleaseRun.Results(job, report, _result?.Connections ?? []);
        if (_result is { } result) return result with { Connections = connections };
        var how = ExitText.Of(worker.ExitCode);
        var ended = report?.Connections.Sum(c => c.Ended) ?? 0;
        return Failed(Reasons.WorkerDied, $"The worker process {worker.Id} {how}. Sessions ended by owner tag: {ended}.", connections);
    }

    private ExecutionResult Failed(string reason, string message, IReadOnlyList<ConnectionResult> connections) => new()
    {
        Phase = ExecutionPhase.Failed,
        Reason = reason,
        Message = message,
        ExecutionId = job.ExecutionId,
        TenantId = job.TenantId,
        Attempt = job.Attempt,
        Nodes = [.. _nodes.Values],
        Connections = connections,
    };
}
