namespace Bulkhead.Lua.Tests.Stress;

/// <summary>
/// Garbage collections on a thread of its own, as long as it lives: they suspend every thread at any place. Between two of them lies a
/// millisecond: without it, threads that wait for a processor on a busy machine make no progress at all.
/// </summary>
internal sealed class CollectorStorm : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _over;

    internal CollectorStorm()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    internal int Collections { get; private set; }

    public void Dispose()
    {
        _over = true;
        _thread.Join();
        Collections.ShouldBeGreaterThan(0);
    }

    private void Collect()
    {
        while (!_over)
        {
            GC.Collect(Collections++ % 2, GCCollectionMode.Forced, blocking: true);
            Thread.Sleep(1);
        }
    }
}
