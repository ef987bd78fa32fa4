using Bulkhead.Lua.Execution;

namespace Bulkhead.Lua;

/// <summary>
/// One Lua virtual machine: a sandbox of its own, with nothing shared but what its host hands in. Runs one script at a time; what a
/// script leaves in globals the next one finds. Every VM must be disposed: no finalizer closes one.
/// </summary>
public sealed class LuaVm : IDisposable
{
    private const long LeastMemory = 256 * 1024;
    private LuaState? _state;
    private LuaRun? _run;
    private bool _disposing;
    private long _lastUsed;
    private long _lastPeak;

    /// <summary>Ready for a script: libraries, sandbox and host functions are in place (some 30 microseconds).</summary>
    /// <param name="workers">The threads that its scripts run on.</param>
    /// <param name="options">See there for defaults.</param>
    /// <param name="host">Answers host calls; without one each of them is an error.</param>
    public LuaVm(LuaWorkers workers, LuaVmOptions options, ILuaHost? host)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimit, LeastMemory, nameof(options));
        Workers = workers;
        Host = host;
        Grace = LuaDeadline.ToTicks(options.AbandonGrace);
        _state = LuaState.Create(options);
    }

    /// <summary>Bytes that the VM holds, by its own allocator's count; 0 once it is closed.</summary>
    public long UsedBytes => Count(used: true);

    /// <summary>The most that it ever held.</summary>
    public long PeakBytes => Count(used: false);

    /// <summary>False once a script was stopped (time limit, cancellation, memory) or abandoned, or the VM was disposed: take a new one then.</summary>
    public bool IsUsable
    {
        get
        {
            lock (Gate)
                return _state != null && !_disposing && !IsAbandoned;
        }
    }

    /// <summary>A script did not come back; its thread and this VM are left until the process ends.</summary>
    public bool IsAbandoned { get; private set; }

    internal Lock Gate { get; } = new();

    internal LuaWorkers Workers { get; }

    internal ILuaHost? Host { get; }

    /// <summary>In Stopwatch ticks.</summary>
    internal long Grace { get; }

    /// <summary>
    /// Runs a script to its end. Never blocks; the outcome says what became of it, also for faults of the script, its time limit
    /// and cancellation, so that the task itself does not fail.
    /// </summary>
    /// <param name="script">Source text.</param>
    /// <param name="globals">Set before it begins; other globals stay as the last script left them.</param>
    /// <param name="deadline">Null: no time limit.</param>
    /// <param name="cancellationToken">Stops the script and cancels its host call.</param>
    /// <exception cref="InvalidOperationException">Another run is under way, or the VM is not usable.</exception>
    public Task<LuaOutcome> RunAsync(
        LuaScript script, IReadOnlyList<LuaGlobal> globals, LuaDeadline? deadline, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromResult(new LuaOutcome { Status = LuaStatus.Cancelled, Error = "cancelled" });
        LuaRun run;
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_disposing, this);
            if (_state == null || IsAbandoned)
                throw new InvalidOperationException("The Lua VM was closed when its script was stopped.");
            if (_run != null)
                throw new InvalidOperationException("The Lua VM runs another script.");
            run = new LuaRun(this, _state, script, globals, deadline);
            _run = run;
        }

        run.Begin(cancellationToken);
        return run.Outcome;
    }

    /// <summary>Closes the VM; a script that still runs is cancelled and the VM closed when it ends. Does not wait.</summary>
    public void Dispose()
    {
        LuaState? closing = null;
        LuaRun? run;
        lock (Gate)
        {
            if (_disposing)
                return;
            _disposing = true;
            run = _run;
            if (run == null)
                closing = Detach();
        }

        run?.Cancel();
        closing?.Close();
    }

    /// <summary>Under the lock, by the run that ends. Returns the state to close, or null when it is kept.</summary>
    internal LuaState? Finish(bool keep)
    {
        _run = null;
        return keep && !_disposing ? null : Detach();
    }

    /// <summary>Under the lock: nobody but the lost thread may touch the state again.</summary>
    internal void Abandon()
    {
        _run = null;
        IsAbandoned = true;
        Detach();
    }

    private unsafe LuaState? Detach()
    {
        var state = _state;
        if (state != null)
            _lastPeak = state.Block->Peak;
        _lastUsed = IsAbandoned && state != null ? state.Block->Used : 0;
        _state = null;
        return state;
    }

    private unsafe long Count(bool used)
    {
        lock (Gate)
        {
            if (_state == null)
                return used ? _lastUsed : _lastPeak;
            return used ? _state.Block->Used : _state.Block->Peak;
        }
    }
}
