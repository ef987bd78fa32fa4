using System.Diagnostics;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;

namespace Bulkhead.Cluster.Operator;

/// <summary>Writes "begin" and "end" with the machine's monotonic clock for each reconcile, and asks for the next one at once.</summary>
internal sealed class TurnController(TurnLog log) : IEntityController<Widget>
{
    public async Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        log.Write("begin", entity.Metadata.Name);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
        finally
        {
            log.Write("end", entity.Metadata.Name);
        }
        return ReconciliationResult<Widget>.Success(entity, TimeSpan.FromMilliseconds(50));
    }

    public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<Widget>.Success(entity));
}

/// <summary>One line for each step, whole lines only. Each process has a file of its own beside the others': .NET does not append where another one has written since.</summary>
internal sealed class TurnLog(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new($"{path}.{Environment.ProcessId}", FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(string step, string name)
    {
        var line = System.Text.Encoding.UTF8.GetBytes($"{Stopwatch.GetTimestamp()} {Environment.ProcessId} {step} {name}\n");
        lock (_lock)
            _file.Write(line);
    }

    public void Dispose() => _file.Dispose();
}
