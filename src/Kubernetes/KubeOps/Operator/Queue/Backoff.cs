namespace KubeOps.Operator.Queue;

/// <summary>Pauses that double up to a limit, each moved by up to a quarter at random, so that many failures do not come back at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan limit)
{
    private const int MaxDoublings = 30;

    /// <param name="failures">Counted from 1.</param>
    public TimeSpan Pause(int failures)
    {
        var pause = first * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        return (pause < limit ? pause : limit) * (0.75 + (Random.Shared.NextDouble() / 2));
    }
}
