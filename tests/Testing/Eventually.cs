using System.Diagnostics;

namespace Bulkhead.Testing;

/// <summary>Waits for what another thread is about to do, and fails when it does not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task IsTrueAsync(Func<bool> condition, string because)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {because}");
            await Task.Delay(5);
        }
    }
}
