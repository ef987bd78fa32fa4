using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bulkhead.Load;

/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of the process in memory, Lua's included.</param>
internal sealed record MemoryUse(long Managed, long Resident)
{
    /// <param name="trim">Also what the C library keeps of freed memory is given back first, as the collector does it for the managed part.</param>
    public static MemoryUse Now(bool trim = false)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        if (trim) _ = Trim(0);

        using var process = Process.GetCurrentProcess();
        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nint keep);
}
