using Bulkhead.Operator.Admission;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Operator.Tests.Admission;

/// <summary>Made-up crowds that come, start and end in any order: what must hold at every moment.</summary>
public sealed class FairSharePropertyTests
{
    private static readonly string[] Tenants = ["a", "b", "c", "d"];
    private static readonly string?[] Users = ["u", "v", null];
    private static readonly string?[] Keys = [null, null, null, "k"];
    private static readonly string[] Policies = [ConcurrencyPolicies.Queue, ConcurrencyPolicies.Allow, ConcurrencyPolicies.Replace];

    [Fact]
    public void Start_AnyCrowd_ExceedsNoLimitAndLeavesNoSlotEmpty() => ForAny((crowd, limits) =>
    {
        crowd.Holding.Count.ShouldBeLessThanOrEqualTo(limits.Cluster);
        foreach (var tenant in crowd.Holding.GroupBy(h => h.Tenant)) tenant.Count().ShouldBeLessThanOrEqualTo(limits.PerTenant(tenant.Key));
        foreach (var user in crowd.Holding.GroupBy(h => (h.Tenant, h.User))) user.Count().ShouldBeLessThanOrEqualTo(limits.PerUser(user.Key.Tenant, user.Key.User));
        if (crowd.Holding.Count == limits.Cluster) return;
        foreach (var waits in crowd.Waiting)
        {
            var isTenantFull = crowd.Held(waits.Tenant) == limits.PerTenant(waits.Tenant);
            var isUserFull = crowd.Holding.Count(h => h.Tenant == waits.Tenant && h.User == waits.User) == limits.PerUser(waits.Tenant, waits.User);
            var isKeyTaken = crowd.Holding.Concat(crowd.Waiting).Any(o => o.Uid != waits.Uid && o.SharesKeyWith(waits));
            (isTenantFull || isUserFull || isKeyTaken).ShouldBeTrue("a slot is empty, and somebody waits without a cause");
        }
    });

    [Fact]
    public void Standings_AnyCrowd_TellEachItsOwnPlaceAndNothingTwice() => ForAny((crowd, _) =>
    {
        var standings = crowd.Share().Standings();
        standings.Keys.ShouldBe(crowd.Waiting.Select(w => w.Uid), ignoreOrder: true);
        standings.Values.ShouldAllBe(s => !s.IsGranted && s.Position >= 1 && s.Position <= s.Of);
        var cluster = standings.Values.Where(s => s.Reason == "ClusterLimit").Select(s => s.Position).Order();
        cluster.ShouldBe(Enumerable.Range(1, standings.Values.Count(s => s.Reason == "ClusterLimit")));
    });

    [Fact]
    public void Next_SameFacts_SameAnswer() => ForAny((crowd, _) =>
    {
        crowd.Restarted().Next().Select(p => p.Uid).ShouldBe(crowd.Restarted().Next().Select(p => p.Uid));
        crowd.Restarted().Next().ShouldBeEmpty("what one operator has given away, the next one does not give again");
    });

    [Fact]
    public void Start_TenantsThatAlwaysHaveMore_ShareByWeightToWithinOneSlot() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var limits = Crowd.LimitsOf(random.Next(4, 40), [.. Tenants.Select(t => (t, (int?)null, (int?)null, (int?)random.Next(1, 6)))]);
            var crowd = new Crowd(limits);
            foreach (var tenant in Tenants) crowd.Arrive(60, tenant);
            crowd.Start();
            for (var i = 0; i < 100; i++)
            {
                crowd.End(crowd.Holding[random.Next(crowd.Holding.Count)]);
                crowd.Arrive(Tenants[random.Next(Tenants.Length)]);
                var next = crowd.Share().Next().ShouldHaveSingleItem();
                var load = (crowd.Held(next.Tenant) / (double)limits.Weight(next.Tenant));
                foreach (var other in Tenants.Where(t => crowd.Waiting.Any(w => w.Tenant == t)))
                    load.ShouldBeLessThanOrEqualTo(crowd.Held(other) / (double)limits.Weight(other), "who has least for its weight is next");
                crowd.Start();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Start_EverybodyWhoWaits_StartsAfterAsManyEndsAsThereAreAhead() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var crowd = new Crowd(Crowd.LimitsOf(random.Next(1, 4)));
            foreach (var tenant in Tenants.Take(3)) crowd.Arrive(random.Next(5, 30), tenant);
            crowd.Start();
            var small = crowd.Arrive("d");
            // Three floods that never end: each turn of theirs is followed by one of every other's.
            var starts = 0;
            while (crowd.Waiting.Contains(small))
            {
                crowd.End(crowd.Holding[random.Next(crowd.Holding.Count)]);
                crowd.Arrive(Tenants[random.Next(3)]);
                crowd.Start();
                (++starts).ShouldBeLessThanOrEqualTo(Tenants.Length, "one round");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static void ForAny(Action<Crowd, Limits> holds) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var limits = Crowd.LimitsOf(random.Next(1, 8), [.. Tenants.Take(3).Select(t => (t, random.Next(2) == 0 ? null : (int?)random.Next(1, 5), (int?)random.Next(1, 4), (int?)random.Next(1, 4)))]);
        var crowd = new Crowd(limits);
        for (var step = 0; step < 40; step++)
        {
            if (random.Next(3) > 0 || crowd.Holding.Count == 0)
                crowd.Arrive(Tenants[random.Next(4)], Users[random.Next(3)], Keys[random.Next(4)], Policies[random.Next(3)]);
            else
                crowd.End(crowd.Holding[random.Next(crowd.Holding.Count)]);
            crowd.Start();
            holds(crowd, limits);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
