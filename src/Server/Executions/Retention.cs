namespace Bulkhead.Server.Executions;

/// <summary>Which finished executions are forgotten: those over an age, and of each user those over a number. Pure.</summary>
/// <param name="MaxFinishedPerUser">Default 500; the oldest go first.</param>
/// <param name="MaxAge">Since the end. Default 7 days.</param>
internal sealed record Retention(int MaxFinishedPerUser, TimeSpan MaxAge)
{
    public static Retention Default { get; } = new(500, TimeSpan.FromDays(7));

    public IReadOnlyList<Guid> Expired(IEnumerable<ExecutionRecord> records, DateTimeOffset now)
    {
        var finished = records.Where(r => r.IsFinished).ToList();
        var old = finished.Where(r => now - r.FinishedAt >= MaxAge);
        var many = finished.GroupBy(r => r.Owner).SelectMany(own => own.OrderByDescending(r => r.Number).Skip(MaxFinishedPerUser));
        return [.. old.Concat(many).Select(r => r.Uid).Distinct()];
    }
}
