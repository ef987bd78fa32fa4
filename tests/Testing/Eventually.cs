using System.Diagnostics;

namespace Bulkhead.Testing;

/// <summary>Waits for what another thread is about to do, and fails when it does not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="condition">What is about to become true.</param>
    /// <param name="because">Told when it does not.</param>
    /// <param name="within">Default 10 s; longer where processes have to start.</param>
    public static async Task IsTrueAsync(Func<bool> condition, string because, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > patience) throw new TimeoutException($"Not within {patience.TotalSeconds} s: {because}");
            await Task.Delay(5);
        }
    }
}
