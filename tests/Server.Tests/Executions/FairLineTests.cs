using Bulkhead.Server.Access;
using Bulkhead.Server.Executions;

namespace Bulkhead.Server.Tests.Executions;

public sealed class FairLineTests
{
    private static readonly Owner Alice = new("acme", "alice");
    private static readonly Owner Bob = new("acme", "bob");
    private static readonly Owner OtherAlice = new("globex", "alice");

    [Fact]
    public void TryTake_UserWithTwo_WaitsWhileOthersStart()
    {
        var line = new FairLine(perUser: 2, workers: 10);
        var alices = Add(line, Alice, 4);
        var bobs = Add(line, Bob, 1);

        Take(line, 5).ShouldBe([alices[0], bobs[0], alices[1], null, null]);
        line.GiveBack(Alice);
        line.TryTake().ShouldBe(alices[2]);
        (line.Running, line.Waiting).ShouldBe((3, 1));
    }

    [Fact]
    public void TryTake_OneWorker_UsersTakeTurns()
    {
        var line = new FairLine(perUser: 2, workers: 1);
        var alices = Add(line, Alice, 3);
        var bobs = Add(line, Bob, 2);
        var order = new List<Guid?>();
        for (var i = 0; i < 5; i++)
        {
            order.Add(line.TryTake());
            line.TryTake().ShouldBeNull("the machine is full");
            line.GiveBack(alices.Contains(order[^1]!.Value) ? Alice : Bob);
        }

        order.ShouldBe([alices[0], bobs[0], alices[1], bobs[1], alices[2]]);
    }

    [Fact]
    public void PositionOf_EachWaiting_IsTheOrderInWhichTheyStart()
    {
        var line = new FairLine(perUser: 2, workers: 1);
        var alices = Add(line, Alice, 3);
        var bobs = Add(line, Bob, 2);
        Guid[] all = [.. alices, .. bobs];
        var said = all.OrderBy(uid => line.PositionOf(uid)!.Value.Position).ToList();
        line.PositionOf(alices[0])!.Value.ShouldBe((1, 5));

        var started = new List<Guid>();
        while (line.TryTake() is { } uid)
        {
            started.Add(uid);
            line.GiveBack(alices.Contains(uid) ? Alice : Bob);
        }

        started.ShouldBe(said);
        line.PositionOf(alices[0]).ShouldBeNull();
    }

    [Fact]
    public void TryTake_SameNameInTwoTenants_AreTwoUsers()
    {
        var line = new FairLine(perUser: 1, workers: 10);
        Add(line, Alice, 2);
        Add(line, OtherAlice, 2);
        Take(line, 4).Count(uid => uid is not null).ShouldBe(2);
    }

    [Fact]
    public void Remove_Waiting_IsNeverTaken()
    {
        var line = new FairLine(perUser: 2, workers: 10);
        var alices = Add(line, Alice, 2);
        line.Remove(alices[0]).ShouldBeTrue();
        line.Remove(alices[0]).ShouldBeFalse();
        Take(line, 2).ShouldBe([alices[1], null]);
    }

    private static List<Guid> Add(FairLine line, Owner owner, int count)
    {
        var uids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToList();
        foreach (var uid in uids) line.Add(owner, uid);
        return uids;
    }

    private static List<Guid?> Take(FairLine line, int count) => [.. Enumerable.Range(0, count).Select(_ => line.TryTake())];
}
