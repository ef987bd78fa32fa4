using System.Diagnostics;
using Bulkhead.Lua.Execution;

namespace Bulkhead.Lua;

/// <summary>
/// The threads on which scripts run: dedicated, in the background, with 1 MiB of stack, never the thread pool's, whose timers would
/// suffer. At most <c>maxWorkers</c> scripts execute instructions at one moment; a script that waits for its host holds no thread.
/// Threads start on demand. A thread that does not come back is abandoned and replaced.
/// </summary>
public sealed class LuaWorkers : IDisposable
{
    private const int StackSize = 1024 * 1024;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(25);

    private readonly object _gate = new();
    private readonly object _watchGate = new();
    private readonly Queue<LuaRun> _queue = new();
    private readonly List<LuaWorkerThread> _threads = [];
    private readonly int _maxWorkers;
    private int _idle;
    private int _abandoned;
    private bool _watching;
    private bool _disposed;

    /// <param name="maxWorkers">Default (null): the number of processors.</param>
    public LuaWorkers(int? maxWorkers = null)
    {
        _maxWorkers = maxWorkers ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_maxWorkers, nameof(maxWorkers));
    }

    /// <summary>How many scripts may execute at one moment.</summary>
    public int MaxWorkers => _maxWorkers;

    /// <summary>Threads abandoned so far, whether or not they ended later.</summary>
    public int Abandoned
    {
        get
        {
            lock (_gate)
                return _abandoned;
        }
    }

    /// <summary>Whether the thread that looks at the others is there.</summary>
    internal bool IsWatching
    {
        get
        {
            lock (_gate)
                return _watching;
        }
    }

    /// <summary>Lets idle threads end. What still runs goes on to its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        lock (_watchGate)
            Monitor.Pulse(_watchGate);
    }

    internal void Enqueue(LuaRun run)
    {
        lock (_gate)
        {
            _queue.Enqueue(run);
            if (_queue.Count > _idle && _threads.Count < _maxWorkers)
                StartThread();
            else
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>The next run for a thread, or null when the thread must end.</summary>
    internal LuaRun? Next(LuaWorkerThread thread)
    {
        lock (_gate)
        {
            thread.Current = null;
            _idle++;
            while (_queue.Count == 0 && !_disposed && !thread.IsLost)
                Monitor.Wait(_gate);
            _idle--;
            if (thread.IsLost || _queue.Count == 0)
            {
                _threads.Remove(thread);
                return null;
            }

            var run = _queue.Dequeue();
            thread.Current = run;
            Watch();
            return run;
        }
    }

    private void StartThread()
    {
        var worker = new LuaWorkerThread(this);
        _threads.Add(worker);
        new Thread(worker.Work, StackSize) { IsBackground = true, Name = "lua worker" }.Start();
    }

    private void Watch()
    {
        if (_watching)
            return;
        _watching = true;
        new Thread(WatchThreads, StackSize / 4) { IsBackground = true, Name = "lua watch" }.Start();
    }

    /// <summary>
    /// Looks at the busy threads every 25 ms; ends when there is nothing to watch for a while, and at once when nothing will come: the watches
    /// of many short executions would otherwise wake the machine for as long as they outlive them.
    /// </summary>
    private void WatchThreads()
    {
        var quiet = 0;
        while (true)
        {
            lock (_watchGate)
                Monitor.Wait(_watchGate, WatchInterval);
            lock (_gate)
            {
                AbandonStuckThreads();
                quiet = _threads.Exists(thread => thread.Current != null) ? 0 : quiet + 1;
                if (quiet > 100 || (quiet > 0 && _disposed))
                {
                    _watching = false;
                    return;
                }
            }
        }
    }

    private void AbandonStuckThreads()
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var thread in _threads.FindAll(thread => thread.Current?.TryAbandon(now) == true))
        {
            thread.IsLost = true;
            _threads.Remove(thread);
            _abandoned++;
            if (_queue.Count > 0)
                StartThread();
        }
    }
}
