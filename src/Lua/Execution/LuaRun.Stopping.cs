using System.Diagnostics;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>The ways in which a run ends before its script does; all state here belongs to the VM's lock.</summary>
internal sealed unsafe partial class LuaRun
{
    private RunPhase _phase = RunPhase.Queued;
    private CancellationTokenRegistration _registration;
    private CancellationTokenSource? _hostCancellation;
    private Timer? _timer;
    private long _abandonAt = long.MaxValue;
    private bool _stopping;

    /// <summary>By the watch: leaves the run's thread and VM behind when the script has outstayed its grace. True when it did.</summary>
    internal bool TryAbandon(long now)
    {
        StopReason reason;
        lock (_vm.Gate)
        {
            if (_phase != RunPhase.Running || now < _abandonAt)
                return false;
            _phase = RunPhase.Ended;
            reason = Volatile.Read(ref _state.Block->CancelRequested) != 0 ? StopReason.Cancelled : StopReason.TimedOut;
            _vm.Abandon();
        }

        Report(StoppedBy(reason) with { Abandoned = true });
        return true;
    }

    /// <summary>Stops the script at its next look at the clock, cancels the pending host call, or takes the run out of the queue.</summary>
    internal void Cancel()
    {
        LuaState? closing = null;
        var ended = false;
        lock (_vm.Gate)
        {
            if (_phase == RunPhase.Ended)
                return;
            Volatile.Write(ref _state.Block->CancelRequested, 1);
            _abandonAt = Math.Min(_abandonAt, LuaDeadline.AddSaturated(Stopwatch.GetTimestamp(), _vm.Grace));
            if (_phase == RunPhase.Queued)
            {
                ended = true;
                _phase = RunPhase.Ended;
                closing = _vm.Finish(keep: false);
            }
            else if (_phase == RunPhase.Waiting)
            {
                BeginStopping();
            }
        }

        closing?.Close();
        if (ended)
            Report(StoppedBy(StopReason.Cancelled));
        else
            CancelHostCall();
    }

    private CancellationToken HostToken()
    {
        lock (_vm.Gate)
        {
            _hostCancellation ??= new CancellationTokenSource();
            return _hostCancellation.Token;
        }
    }

    /// <summary>From Running to Waiting. False when the run was abandoned.</summary>
    private bool Wait()
    {
        lock (_vm.Gate)
        {
            if (_phase == RunPhase.Running)
            {
                _phase = RunPhase.Waiting;
                SetTimer();
                return true;
            }
        }

        CloseAbandoned();
        return false;
    }

    private void SetTimer()
    {
        var now = Stopwatch.GetTimestamp();
        if (VmBlock.MustStop(_state.Block, now))
            BeginStopping();
        else if (_state.Block->Deadline != long.MaxValue)
            SetTimer(_state.Block->Deadline - now);
    }

    private void SetTimer(long ticks)
    {
        _timer ??= new Timer(static run => ((LuaRun)run!).OnTimer(), this, Timeout.Infinite, Timeout.Infinite);
        var milliseconds = Math.Min(ticks / (Stopwatch.Frequency / 1000) + 1, int.MaxValue);
        _timer.Change(milliseconds, Timeout.Infinite);
    }

    private void BeginStopping()
    {
        VmBlock.MustStop(_state.Block, Stopwatch.GetTimestamp());
        _stopping = true;
        SetTimer(_vm.Grace);
    }

    /// <summary>At the deadline cancels the pending host call; a host that ignores it is left behind after the grace.</summary>
    private void OnTimer()
    {
        LuaState? closing = null;
        LuaOutcome? outcome = null;
        lock (_vm.Gate)
        {
            if (_phase != RunPhase.Waiting)
                return;
            if (_stopping)
            {
                outcome = StoppedBy((StopReason)_state.Block->Reason) with { Abandoned = true };
                _phase = RunPhase.Ended;
                closing = _vm.Finish(keep: false);
            }
            else
            {
                SetTimer();
                if (!_stopping)
                    return;
            }
        }

        CancelHostCall();
        closing?.Close();
        if (outcome != null)
            Report(outcome);
    }

    private void CancelHostCall()
    {
        try
        {
            _hostCancellation?.Cancel();
        }
        catch (AggregateException)
        {
            // What a host's cancellation callbacks throw is no reason to keep the run from ending.
        }
    }

    /// <summary>On the host's thread: the answer to the pending call is there.</summary>
    private void OnAnswered()
    {
        TakeAnswer();
        LuaState? closing = null;
        LuaOutcome? outcome = null;
        lock (_vm.Gate)
        {
            if (_phase != RunPhase.Waiting)
                return;
            if (VmBlock.MustStop(_state.Block, Stopwatch.GetTimestamp()))
            {
                outcome = StoppedBy((StopReason)_state.Block->Reason);
                _phase = RunPhase.Ended;
                closing = _vm.Finish(keep: false);
            }
            else
            {
                _phase = RunPhase.Queued;
                _queuedAt = Stopwatch.GetTimestamp();
            }
        }

        closing?.Close();
        if (outcome == null)
            _vm.Workers.Enqueue(this);
        else
            Report(outcome);
    }

    /// <summary>On the worker thread.</summary>
    private void End(LuaOutcome outcome, bool keepVm)
    {
        LuaState? closing;
        lock (_vm.Gate)
        {
            if (_phase == RunPhase.Ended)
            {
                closing = null;
            }
            else
            {
                _phase = RunPhase.Ended;
                if (keepVm)
                    _coroutine.Drop();
                closing = _vm.Finish(keepVm);
            }
        }

        if (closing != null)
            closing.Close();
        if (_vm.IsAbandoned)
            CloseAbandoned();
        else
            Report(outcome);
    }

    /// <summary>An abandoned thread came back after all: it owns the VM and nobody else ever will.</summary>
    private void CloseAbandoned() => _state.Close();

    private void Report(LuaOutcome outcome)
    {
        _registration.Unregister();
        _timer?.Dispose();
        _end.TrySetResult(outcome);
    }
}
