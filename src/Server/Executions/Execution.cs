using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;
using Bulkhead.Running;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Executions;

/// <summary>
/// One execution as the server holds it: its record, its folder, its events, and what its user wishes. All changes of phase are made here,
/// under one lock, and are on disk before anybody acts on them.
/// </summary>
internal sealed class Execution : IExecutionEvents
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private ExecutionRecord _record;
    private NodeTally? _tally;
    private CancellationTokenSource? _stop;
    private Wish _wish;

    public Execution(ExecutionRecord record, ExecutionFolder folder, TimeProvider clock, ILogger log)
    {
        (_record, Folder, _clock, _log) = (record, folder, clock, log);
        Events = new EventLog(folder.Events);
        if (record.IsFinished) Events.Close(ended: true);
    }

    public ExecutionFolder Folder { get; }

    public EventLog Events { get; }

    public Guid Uid => _record.Uid;

    /// <summary>As it is now, with the counts of the nodes.</summary>
    public ExecutionRecord Record
    {
        get
        {
            lock (_lock) return _tally is { } tally ? _record with { Nodes = tally.Counts } : _record;
        }
    }

    public void Emit(ExecutionEvent executionEvent)
    {
        _tally?.Take(executionEvent);
        Events.Append(executionEvent.Type, JsonSerializer.Serialize(executionEvent, ContractJson.Default.ExecutionEvent));
    }

    /// <summary>Writes that it runs, before it runs.</summary>
    /// <exception cref="IOException">It cannot be written, and must not run.</exception>
    /// <returns>What stops it; null when it is no longer queued.</returns>
    public CancellationToken? TryBegin(int nodes)
    {
        lock (_lock)
        {
            if (_record.Phase != ServedPhase.Queued) return null;
            var running = _record with { Phase = ServedPhase.Running, Reason = null, Message = null, StartedAt = _clock.GetUtcNow() };
            Folder.Write(running);
            _record = running;
            (_tally, _wish, _stop) = (new NodeTally(nodes), Wish.None, new CancellationTokenSource());
            return _stop.Token;
        }
    }

    /// <summary>Cancels or suspends: at once when it does not run, else by way of its worker, which releases first.</summary>
    /// <returns>False when it has ended, or is suspended already.</returns>
    public bool Ask(Wish wish)
    {
        CancellationTokenSource? stop = null;
        lock (_lock)
        {
            switch (_record.Phase)
            {
                case ServedPhase.Running when wish > _wish:
                    (_wish, stop) = (wish, _stop);
                    break;
                case ServedPhase.Running:
                    break;
                case ServedPhase.Queued or ServedPhase.Suspended when wish != Wish.Suspend:
                    Save(Ended(_record, ServedPhase.Cancelled, ReasonOf(wish)));
                    Events.Close(ended: true);
                    break;
                case ServedPhase.Queued:
                    Save(_record with { Phase = ServedPhase.Suspended, Reason = ReasonOf(wish) });
                    break;
                default:
                    return false;
            }
        }

        stop?.Cancel();
        return true;
    }

    /// <summary>Back into the line: a new attempt, from its checkpoint where it has one, else from the start.</summary>
    /// <returns>False when it is not suspended.</returns>
    public bool TryResume(IReadOnlyDictionary<string, JsonElement> inputs)
    {
        lock (_lock)
        {
            if (_record.Phase != ServedPhase.Suspended) return false;
            var job = Folder.Job();
            var checkpoint = Folder.Result()?.Checkpoint;
            var attempt = _record.StartedAt is null ? _record.Attempt : _record.Attempt + 1;
            Folder.Write(job with
            {
                Attempt = attempt,
                Resume = checkpoint ?? job.Resume,
                Inputs = JobBuilder.Merged(checkpoint is null ? job.Inputs : null, inputs),
            });
            Save(_record with { Phase = ServedPhase.Queued, Reason = null, Message = null, Attempt = attempt });
            return true;
        }
    }

    /// <summary>Writes how the attempt ended, before the user is told.</summary>
    /// <returns>The result as the user's wish explains it.</returns>
    public ExecutionResult End(ExecutionResult outcome)
    {
        lock (_lock)
        {
            if (_record.Phase is not (ServedPhase.Running or ServedPhase.Queued)) return outcome;
            var result = Kept(Explained(outcome));
            var phase = Enum.Parse<ServedPhase>(result.Phase.ToString());
            var record = (_tally is { } tally ? _record with { Nodes = tally.Counts with { Running = 0 } } : _record) with
            {
                Message = Short(result.Message),
                Connections = result.Connections,
                Problems = result.Problems,
            };
            Save(phase == ServedPhase.Suspended
                ? record with { Phase = phase, Reason = result.Reason }
                : Ended(record, phase, result.Reason));
            Events.Close(_record.IsFinished);
            (_tally, _stop) = (null, null);
            return result;
        }
    }

    /// <summary>Ends an execution that an earlier server ran.</summary>
    public void Abandon(string reason, string message, IReadOnlyList<ConnectionResult> connections)
    {
        lock (_lock)
        {
            Save(Ended(_record, ServedPhase.Failed, reason) with { Message = message, Connections = connections });
            Events.Close(ended: true);
        }
    }

    private ExecutionResult Explained(ExecutionResult result)
    {
        if (_wish == Wish.None || result is not ({ Phase: ExecutionPhase.Cancelled } or { Reason: Reasons.WorkerDied })) return result;
        return result with { Phase = _wish == Wish.Suspend ? ExecutionPhase.Suspended : ExecutionPhase.Cancelled, Reason = ReasonOf(_wish) };
    }

    private ExecutionRecord Ended(ExecutionRecord record, ServedPhase phase, string? reason) =>
        record with { Phase = phase, Reason = reason, FinishedAt = _clock.GetUtcNow() };

    /// <summary>The change counts even where it cannot be written: who asks must not be told otherwise than what happens.</summary>
    private void Save(ExecutionRecord record)
    {
        _record = record;
        TryWrite(() => Folder.Write(record));
    }

    /// <summary>A suspended execution whose checkpoint is lost could never go on.</summary>
    private ExecutionResult Kept(ExecutionResult result) => TryWrite(() => Folder.Write(result)) || result.Phase != ExecutionPhase.Suspended
        ? result
        : result with { Phase = ExecutionPhase.Failed, Reason = "CheckpointNotWritten" };

    private bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.RecordNotWritten(_log, _record.Id, e.Message);
            return false;
        }
    }

    private static string ReasonOf(Wish wish) => wish switch
    {
        Wish.Suspend => ServedReasons.SuspendedByUser,
        Wish.ServerStop => ServedReasons.ServerStopped,
        _ => ServedReasons.CancelledByUser,
    };

    private static string? Short(string? message) => message is { Length: > 2000 } ? string.Concat(message.AsSpan(0, 2000), "…") : message;
}
