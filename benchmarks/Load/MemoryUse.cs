using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bulkhead.Load;

/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of the process in memory, Lua's included.</param>
internal sealed record MemoryUse(long Managed, long Resident)
{
    /// <summary>After a full collection, and after the C library has given back what it keeps of freed memory.</summary>
    public static MemoryUse Now()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        _ = Trim(0);

        using var process = Process.GetCurrentProcess();
        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nint keep);
}
