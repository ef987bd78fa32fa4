using System.Diagnostics;

namespace Bulkhead.Load;

/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of the process in memory, Lua's included.</param>
internal sealed record MemoryUse(long Managed, long Resident)
{
    public static MemoryUse Now()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }
}
