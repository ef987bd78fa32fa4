using Bulkhead.Server.Executions;

namespace Bulkhead.Server.Tests.Executions;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Default_IsPinned() => Retention.Default.ShouldBe(new Retention(500, TimeSpan.FromDays(7)));

    [Fact]
    public void Expired_OldAndMany_OfEachUserForItself()
    {
        var records = Enumerable.Range(1, 4).Select(n => Record("alice", n, ServedPhase.Succeeded, TimeSpan.FromHours(1)))
            .Append(Record("bob", 5, ServedPhase.Failed, TimeSpan.FromDays(8)))
            .Append(Record("bob", 6, ServedPhase.Failed, TimeSpan.FromHours(1)))
            .Append(Record("bob", 7, ServedPhase.Suspended, TimeSpan.FromDays(300))).ToList();

        var expired = new Retention(2, TimeSpan.FromDays(7)).Expired(records, Now);

        records.Where(r => expired.Contains(r.Uid)).Select(r => r.Number).ShouldBe([1, 2, 5], "Alice's two oldest, Bob's old one; what has not ended stays");
    }

    private static ExecutionRecord Record(string user, long number, ServedPhase phase, TimeSpan age) => new()
    {
        Uid = Guid.NewGuid(),
        Number = number,
        TenantId = "acme",
        UserId = user,
        ThreadId = "t",
        RunId = "r",
        Name = "x",
        Phase = phase,
        CreatedAt = Now - age,
        FinishedAt = phase == ServedPhase.Suspended ? null : Now - age,
    };
}
