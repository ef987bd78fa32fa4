using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Running;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Executions;

/// <summary>
/// What an earlier server left: who waited waits again; who ran is fenced, released by owner tag and marked Failed, because running
/// twice by accident is worse than failing.
/// </summary>
internal sealed class Recovery(ExecutionIndex index, Dispatcher dispatcher, ConnectionsFile connections, string program, TimeProvider clock, ILogger log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var left = index.All.OrderBy(e => e.Record.Number).ToList();
        await Task.WhenAll(left.Where(e => e.Record.Phase == ServedPhase.Running).Select(e => ReleaseAsync(e, cancellationToken)));
        foreach (var execution in left.Where(e => e.Record.Phase == ServedPhase.Queued)) dispatcher.Queue(execution);
    }

    private async Task ReleaseAsync(Execution execution, CancellationToken cancellationToken)
    {
        Log.Recovering(log, execution.Record.Id);
        IReadOnlyList<ConnectionResult> released;
        string message;
        try
        {
            var job = execution.Folder.Job();
            var problems = new List<Problem>();
            var secrets = connections.Secrets(job.Connections, job.TenantId, problems);
            released = await new AbandonedExecution(job, secrets, clock) { Program = program }.ReleaseAsync(cancellationToken);
            message = "The server died while it ran.";
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            (released, message) = (execution.Record.Connections, $"The server died while it ran, and its release could not be run: {e.Message}");
        }

        execution.Abandon(ServedReasons.ServerRestarted, message, released);
        dispatcher.Tell(execution.Record);
        Log.Settled(log, execution.Record.Id, nameof(ServedPhase.Failed), ServedReasons.ServerRestarted);
    }
}
