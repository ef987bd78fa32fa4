using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>One run of a script: steps on worker threads, waits for host calls without a thread, and one end.</summary>
internal sealed unsafe partial class LuaRun
{
    private readonly LuaVm _vm;
    private readonly LuaState _state;
    private readonly LuaScript _script;
    private readonly IReadOnlyList<LuaGlobal> _globals;
    private readonly LuaDeadline? _deadline;
    private readonly ScriptCoroutine _coroutine;
    private readonly HostFaults _faults = new();
    private readonly TaskCompletionSource<LuaOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConfiguredValueTaskAwaitable<JsonElement?>.ConfiguredValueTaskAwaiter _pending;
    private JsonElement? _answer;
    private string? _answerFault;
    private bool _begun;
    private long _queuedAt;

    internal LuaRun(LuaVm vm, LuaState state, LuaScript script, IReadOnlyList<LuaGlobal> globals, LuaDeadline? deadline)
    {
        _vm = vm;
        _state = state;
        _script = script;
        _globals = globals;
        _deadline = deadline;
        _coroutine = new ScriptCoroutine(state);
    }

    internal Task<LuaOutcome> Outcome => _end.Task;

    internal void Begin(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(static run => ((LuaRun)run!).Cancel(), this);
        _queuedAt = Stopwatch.GetTimestamp();
        _vm.Workers.Enqueue(this);
    }

    /// <summary>On a worker thread: executes until the script ends or waits for its host.</summary>
    internal void Step()
    {
        lock (_vm.Gate)
        {
            if (_phase != RunPhase.Queued)
                return;
            _phase = RunPhase.Running;
        }

        try
        {
            Advance();
        }
        catch (Exception fault)
        {
            End(Failed(HostFaults.Internal, fault), keepVm: false);
        }
    }

    private void Advance()
    {
        _deadline?.Exclude(Stopwatch.GetTimestamp() - _queuedAt);
        var turn = _begun ? Arm() ?? GoOn() : Start();
        while (turn.Kind == TurnKind.HostCall)
        {
            if (_coroutine.StopDue() is { } stopped)
                turn = stopped;
            else if (TryCall(turn.Text!, turn.Value!.Value))
                turn = _coroutine.CancelDue() ?? GoOn();
            else
                return;
        }

        EndWith(turn);
    }

    private Turn Start()
    {
        if (_coroutine.Load(_script, _globals) is { } failed)
            return failed;
        _begun = true;
        _deadline?.Start();
        return Arm() ?? _coroutine.Start();
    }

    /// <summary>Tells hook and watch when this step must end.</summary>
    private Turn? Arm()
    {
        var expiry = _deadline?.Expiry ?? long.MaxValue;
        _state.Block->Deadline = expiry;
        lock (_vm.Gate)
            _abandonAt = Math.Min(_abandonAt, LuaDeadline.AddSaturated(expiry, _vm.Grace));
        return _coroutine.StopDue();
    }

    private Turn GoOn()
    {
        var fault = _answerFault;
        var answer = _answer;
        (_answerFault, _answer) = (null, null);
        return fault == null ? _coroutine.Answer(answer) : _coroutine.AnswerFault(fault);
    }

    /// <summary>Begins a host call. True when its answer is there already; false when the run waits (or was abandoned meanwhile).</summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "The awaiter is consumed exactly once, in TakeAnswer.")]
    private bool TryCall(string function, JsonElement arguments)
    {
        try
        {
            var host = _vm.Host ?? throw new LuaHostException($"no host for {function}");
            _pending = host.CallAsync(function, arguments, HostToken()).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception fault)
        {
            _answerFault = _faults.Add(fault);
            return true;
        }

        if (_pending.IsCompleted)
        {
            TakeAnswer();
            return true;
        }

        if (Wait())
            _pending.UnsafeOnCompleted(OnAnswered);
        return false;
    }

    private void TakeAnswer()
    {
        try
        {
            _answer = _pending.GetResult();
        }
        catch (Exception fault)
        {
            _answerFault = _faults.Add(fault);
        }
    }

    private void EndWith(Turn turn)
    {
        switch (turn.Kind)
        {
            case TurnKind.Returned:
                End(new LuaOutcome { Status = LuaStatus.Ok, Value = turn.Value }, keepVm: true);
                break;
            case TurnKind.Failed:
                End(Failed(turn.Text!, _faults.Find(turn.Text!)), keepVm: true);
                break;
            default:
                End(StoppedBy(turn.Reason), keepVm: false);
                break;
        }
    }

    private static LuaOutcome Failed(string error, Exception? host) =>
        new() { Status = LuaStatus.Error, Error = error, HostError = host };

    private static LuaOutcome StoppedBy(StopReason reason) => reason switch
    {
        StopReason.TimedOut => new() { Status = LuaStatus.TimedOut, Error = "the script's time limit was reached" },
        StopReason.OutOfMemory => new() { Status = LuaStatus.OutOfMemory, Error = "not enough memory" },
        _ => new() { Status = LuaStatus.Cancelled, Error = "cancelled" },
    };
}
