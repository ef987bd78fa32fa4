using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Factory;
using Bulkhead.Server.Access;
using Bulkhead.Server.Feeds;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Executions;

/// <summary>
/// From a job to its end: accept -> line -> engine (a worker process) -> record. Starts what may start whenever something comes or ends.
/// </summary>
/// <param name="index">All executions.</param>
/// <param name="line">Who runs next.</param>
/// <param name="factory">The one way to an engine.</param>
/// <param name="feeds">Where an end is told that no engine saw.</param>
/// <param name="meter">What is counted.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class Dispatcher(
    ExecutionIndex index, FairLine line, ExecutionEngineFactory factory, UserFeeds feeds, ServerMeter meter, TimeProvider clock, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];
    private volatile bool _closed;
    private volatile bool _stopping;

    /// <summary>No more executions are accepted or started.</summary>
    public bool IsClosed => _closed;

    public int Running => line.Running;

    /// <summary>Keeps the job on disk and puts it into the line.</summary>
    /// <exception cref="IOException">It cannot be kept, and is not accepted.</exception>
    public Execution Accept(Job job, string name, int nodes)
    {
        var execution = index.Add(new ExecutionRecord
        {
            Uid = job.ExecutionUid,
            Number = index.NextNumber(),
            TenantId = job.TenantId,
            UserId = job.UserId,
            ThreadId = job.ThreadId,
            RunId = job.RunId,
            Name = name,
            Phase = ServedPhase.Queued,
            CreatedAt = clock.GetUtcNow(),
            Nodes = new NodeCounts(nodes, 0, 0, 0),
        });
        try
        {
            execution.Folder.Create();
            execution.Folder.Write(job);
            execution.Folder.Write(execution.Record);
        }
        catch
        {
            index.Remove(job.ExecutionUid);
            throw;
        }

        Log.Accepted(log, job.ExecutionId, job.TenantId, job.UserId);
        Queue(execution);
        return execution;
    }

    public void Queue(Execution execution)
    {
        line.Add(execution.Record.Owner, execution.Uid);
        StartWhatMay();
    }

    /// <inheritdoc cref="Execution.Ask"/>
    public bool Ask(Execution execution, Wish wish)
    {
        line.Remove(execution.Uid); // First, so that nothing that has ended stands in the line.
        if (!execution.Ask(wish)) return false;
        if (execution.Record is { IsFinished: true } ended) Tell(ended);
        return true;
    }

    /// <summary>Tells the user of an end that no engine saw.</summary>
    public void Tell(ExecutionRecord ended)
    {
        meter.Finished(ended);
        _ = feeds.SendAsync(EndEvent.Of(ended, clock), CancellationToken.None);
    }

    /// <summary>Waits until nothing runs; then whatever still runs is told to stop, and is waited for: it releases first.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken atOnce)
    {
        lock (_lock) _closed = true;
        Log.Draining(log, Running, patience.TotalSeconds);
        await WhenIdleAsync().WaitAsync(patience, clock, atOnce).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping = true;
        var left = index.All.Where(e => e.Record.Phase == ServedPhase.Running).ToList();
        if (left.Count > 0) Log.DrainOver(log, left.Count);
        foreach (var execution in left) execution.Ask(Wish.ServerStop);
        await WhenIdleAsync();
    }

    private async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (_lock) tasks = [.. _running.Where(t => !t.IsCompleted)];
            if (tasks.Length == 0) return;
            await Task.WhenAll(tasks);
        }
    }

    private void StartWhatMay()
    {
        lock (_lock)
        {
            _running.RemoveWhere(t => t.IsCompleted);
            while (!_closed && line.TryTake() is { } uid)
            {
                var execution = index.Find(uid)!;
                _running.Add(Task.Run(() => RunAsync(execution)));
            }
        }
    }

    private async Task RunAsync(Execution execution)
    {
        try
        {
            await RunOnceAsync(execution);
        }
        catch (Exception e)
        {
            Log.RunBroken(log, execution.Record.Id, e);
            execution.End(Broken(execution.Record, e));
            Tell(execution.Record);
        }
        finally
        {
            var record = execution.Record;
            Log.Settled(log, record.Id, record.Phase.ToString(), record.Reason);
            line.GiveBack(record.Owner);
            StartWhatMay();
        }
    }

    private async Task RunOnceAsync(Execution execution)
    {
        var job = execution.Folder.Job();
        var workflow = WorkflowLoader.Load(job.Workflow).Workflow ?? throw new InvalidDataException("The stored document is no longer valid.");
        if (execution.TryBegin(workflow.AllNodes().Count()) is not { } stop) return;
        if (_stopping) execution.Ask(Wish.ServerStop);
        Log.Started(log, job.ExecutionId, job.Attempt, job.TenantId);
        meter.Waited(clock.GetUtcNow() - execution.Record.CreatedAt);
        await using var scope = await factory.OpenScopeAsync(UserExecutionContext.Create(ContextFields.Of(job), clock), CancellationToken.None);
        await scope.Engine.RunAsync(workflow, job, execution, stop);
        if (execution.Record is { IsFinished: true } ended) meter.Finished(ended);
    }

    private static ExecutionResult Broken(ExecutionRecord record, Exception exception) => new()
    {
        Phase = ExecutionPhase.Failed,
        Reason = ServedReasons.NotStarted,
        Message = exception is EngineCreationException ? exception.Message : $"The server could not run it: {exception.GetType().Name}.",
        ExecutionId = record.Id,
        TenantId = record.TenantId,
        Attempt = record.Attempt,
    };
}
