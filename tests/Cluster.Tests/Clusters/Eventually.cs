using System.Diagnostics;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>Waits for a condition of the outside world, and says what it last saw when it does not come.</summary>
internal static class Eventually
{
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > within)
                throw new TimeoutException($"not within {within.TotalSeconds:0} s: {otherwise()}");
            await Task.Delay(20);
        }
        return watch.Elapsed;
    }

    public static Task<TimeSpan> TrueAsync(Func<bool> condition, TimeSpan within, Func<string> otherwise) =>
        TrueAsync(() => Task.FromResult(condition()), within, otherwise);
}
