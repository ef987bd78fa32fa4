using Bulkhead.Operator.Admission;

namespace Bulkhead.Operator.Tests.Admission;

public sealed class FairShareTests
{
    [Fact]
    public void Next_UserWithTwo_WaitsWhileOthersStart()
    {
        var crowd = new Crowd(Crowd.LimitsOf(10));
        crowd.Arrive(4, "acme", "alice");
        var bob = crowd.Arrive("acme", "bob");

        crowd.Start().Select(p => p.User).ShouldBe(["alice", "bob", "alice"]);

        crowd.Holding.ShouldContain(h => h.Uid == bob.Uid);
        crowd.Share().Standings().Values.ShouldBe([new Standing("UserLimit", 1, 2), new Standing("UserLimit", 2, 2)]);
    }

    [Fact]
    public void Next_NoUser_HasNoLimitPerUser()
    {
        var crowd = new Crowd(Crowd.LimitsOf(10));
        crowd.Arrive(5, "acme");
        crowd.Start().Count.ShouldBe(5);
    }

    [Fact]
    public void Next_TenantAtItsLimit_WaitsWhileOthersStart()
    {
        var crowd = new Crowd(Crowd.LimitsOf(10, ("acme", 2, 100, null)));
        crowd.Arrive(4, "acme");
        crowd.Arrive("globex");

        crowd.Start().Count(p => p.Tenant == "acme").ShouldBe(2);

        crowd.Share().Standings().Values.ShouldBe([new Standing("TenantLimit", 1, 2), new Standing("TenantLimit", 2, 2)]);
    }

    [Fact]
    public void Next_TenantThatFloods_TakesTurnsWithTheSmallOne()
    {
        var crowd = new Crowd(Crowd.LimitsOf(1));
        crowd.Arrive(100, "flood");
        crowd.Arrive(3, "small");
        var order = new List<string>();
        while (crowd.Start() is [var started])
        {
            order.Add(started.Tenant);
            crowd.End(started);
            if (order.Count == 6) break;
        }

        order.ShouldBe(["flood", "small", "flood", "small", "flood", "small"]);
    }

    [Fact]
    public void Next_TenantThatBringsOneAfterTheOther_DoesNotPassThoseThatWait()
    {
        var crowd = new Crowd(Crowd.LimitsOf(1));
        crowd.Arrive(10, "patient");
        var order = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            crowd.Arrive("brisk");
            var started = crowd.Start().ShouldHaveSingleItem();
            order.Add(started.Tenant);
            crowd.End(started);
        }

        order.Count(t => t == "patient").ShouldBe(3, "one of two slots each, however it comes");
    }

    [Fact]
    public void Next_Weights_AreHeldToOneSlot()
    {
        var crowd = new Crowd(Crowd.LimitsOf(8, ("heavy", null, null, 3), ("light", null, null, 1)));
        crowd.Arrive(50, "light");
        crowd.Arrive(50, "heavy");
        crowd.Start();
        (crowd.Held("heavy"), crowd.Held("light")).ShouldBe((6, 2));
    }

    [Fact]
    public void Standings_ClusterIsFull_PositionsAreTheOrderOfTheStarts()
    {
        var crowd = new Crowd(Crowd.LimitsOf(2));
        crowd.Arrive(3, "acme");
        crowd.Arrive(3, "globex");
        crowd.Start();
        var said = crowd.Share().Standings().OrderBy(s => s.Value.Position).Select(s => s.Key).ToList();
        crowd.Share().Standings().Values.ShouldAllBe(s => s.Reason == "ClusterLimit" && s.Of == 4);

        var order = new List<string>();
        while (crowd.Waiting.Count > 0)
        {
            // The one that has run longest ends first.
            crowd.End(crowd.Holding[0]);
            order.Add(crowd.Start().ShouldHaveSingleItem().Uid);
        }

        order.ShouldBe(said);
    }

    [Theory]
    [InlineData("Queue", true)]
    [InlineData("Replace", true)]
    [InlineData("Forbid", true)]
    [InlineData("Allow", false)]
    public void Next_KeyIsTaken_WaitsUnlessItAllows(string policy, bool waits)
    {
        var crowd = new Crowd(Crowd.LimitsOf(10));
        crowd.Arrive("acme", key: "nightly");
        crowd.Start();
        crowd.Arrive("acme", key: "nightly", policy: policy);
        crowd.Arrive("globex", key: "nightly", policy: policy).Namespace.ShouldBe("globex");

        crowd.Start().Select(p => p.Tenant).ShouldBe(waits ? ["globex"] : ["acme", "globex"], ignoreOrder: true, "keys of two namespaces are two keys");
        if (waits) crowd.Share().Standings().Values.ShouldHaveSingleItem().ShouldBe(new Standing("ConcurrencyKey", 1, 1));
    }

    [Fact]
    public void Next_SeveralWithOneKey_StartInTheirOrder()
    {
        var crowd = new Crowd(Crowd.LimitsOf(10));
        var first = crowd.Arrive("acme", "alice", key: "k");
        var second = crowd.Arrive("acme", "bob", key: "k");
        crowd.Start().ShouldHaveSingleItem().ShouldBe(first);
        crowd.End(first);
        crowd.Start().ShouldHaveSingleItem().ShouldBe(second);
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(100, 51, true)]
    [InlineData(100, 50, false)]
    [InlineData(100, 199, true)]
    [InlineData(100, 200, false)]
    [InlineData(2, 1, false)]
    public void IsTold_PositionWithinAFactorOfTwo_IsGoodEnough(int shown, int now, bool told) =>
        new Standing("UserLimit", now, 500).IsTold(new Standing("UserLimit", shown, 7)).ShouldBe(told);

    [Fact]
    public void IsTold_AnotherReason_IsNotGoodEnough() => new Standing("UserLimit", 3, 5).IsTold(new Standing("TenantLimit", 3, 5)).ShouldBeFalse();

    [Fact]
    public void Read_ItsOwnMessage_IsTheSame()
    {
        foreach (var reason in (string[])["UserLimit", "TenantLimit", "ClusterLimit", "ConcurrencyKey"])
        {
            var standing = new Standing(reason, 12, 4_000);
            Standing.Read(reason, standing.Message).ShouldBe(standing);
        }

        Standing.Read("ConnectionMissing", "position 1 of 2").ShouldBeNull();
    }
}
