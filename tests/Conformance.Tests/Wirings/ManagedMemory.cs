using System.Diagnostics;

namespace Bulkhead.Conformance.Tests.Wirings;

internal static class ManagedMemory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Bytes held beyond <paramref name="baseline"/>, once threads that are about to end have ended.</summary>
    public static async Task<long> KeptAsync(long baseline, long enough)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var kept = Held() - baseline;
            if (kept < enough || Stopwatch.GetElapsedTime(started) > Patience) return kept;
            await Task.Delay(20);
        }
    }

    /// <summary>Bytes that somebody still holds.</summary>
    public static long Held()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
