namespace Bulkhead.Api.Fairness;

/// <summary>Who is served next, of several that share the same slots.</summary>
public static class FairOrder
{
    /// <summary>
    /// The order in which waiting things get slots, if nothing is given back meanwhile: who has fewest slots for its weight is served next; among
    /// equals, who has waited longest since it was last served; and then by name, so that the same facts always give the same order. Each one's own
    /// line is kept. Lazy: what is not asked for is not worked out. Taking n of m costs O(m + n log shares).
    /// </summary>
    /// <param name="shares">Those that share; their names differ. One whose line is empty is passed over.</param>
    public static IEnumerable<T> Of<T>(IEnumerable<FairShareholder<T>> shares)
    {
        var turns = new PriorityQueue<Line<T>, Turn>(
            shares.Where(s => s.Waiting.Count > 0).Select(s => (new Line<T>(s), new Turn(s.Held / (double)s.Weight, s.Since, s.Name))), Turn.Order);
        for (var served = 0L; turns.TryDequeue(out var line, out var turn); served++)
        {
            yield return line.Next();
            // Whoever was served just now comes after all who were served before.
            if (!line.IsEmpty) turns.Enqueue(line, new Turn(line.Load, (long.MaxValue / 2) + served, turn.Name));
        }
    }

    private sealed class Line<T>(FairShareholder<T> share)
    {
        private int _served;

        public bool IsEmpty => _served == share.Waiting.Count;

        public double Load => (share.Held + _served) / (double)share.Weight;

        public T Next() => share.Waiting[_served++];
    }

    private readonly record struct Turn(double Load, long Since, string Name)
    {
        public static IComparer<Turn> Order { get; } = Comparer<Turn>.Create((a, b) =>
            a.Load.CompareTo(b.Load) is var load and not 0 ? load
            : a.Since.CompareTo(b.Since) is var since and not 0 ? since
            : string.CompareOrdinal(a.Name, b.Name));
    }
}
