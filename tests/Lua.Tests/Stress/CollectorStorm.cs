namespace Bulkhead.Lua.Tests.Stress;

/// <summary>Garbage collections on a thread of its own, as long as it lives: they suspend every thread at any place. Without pause in the long form.</summary>
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
            if (!Scale.IsLong)
                Thread.Sleep(1);
        }
    }
}
