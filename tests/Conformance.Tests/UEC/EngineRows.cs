using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Testing;

namespace Bulkhead.Conformance.Tests.UEC;

/// <summary>UEC rows in which real workflows run for several users at once.</summary>
public class EngineRows
{
    [Fact(DisplayName = "UEC-03 three users at once: three engines of their own, metrics 3/3/0, then their own results")]
    [Trait("Seed", "UEC-03")]
    public Task Uec03() => UsersHaveTheirOwnEnginesAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-03 fails when one engine serves everybody")]
    [Trait("Seed", "UEC-03")]
    public Task Uec03_Sabotaged()
    {
        Task<UserExecutionEngine>? only = null;
        return Sabotage.MustFailAsync(UsersHaveTheirOwnEnginesAsync, Wiring.Real with
        {
            Create = (factory, fields) => only ??= factory.CreateForUserAsync(fields, CancellationToken.None),
        });
    }

    [Fact(DisplayName = "UEC-06 two users' emitters are their own")]
    [Trait("Seed", "UEC-06")]
    public Task Uec06() => EmittersAreTheirOwnAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-06 fails when the bridge shows everything to everybody")]
    [Trait("Seed", "UEC-06")]
    public Task Uec06_Sabotaged() =>
        Sabotage.MustFailAsync(EmittersAreTheirOwnAsync, Wiring.Real with { Bridge = bridge => ((Mailboxes)bridge).Broadcast() });

    [Fact(DisplayName = "UEC-07 state of user 2 is not reachable from engine 1; the summary lists exactly 2 users")]
    [Trait("Seed", "UEC-07")]
    public Task Uec07() => StateIsNotReachableAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-07 fails when runs share their state")]
    [Trait("Seed", "UEC-07")]
    public Task Uec07_Sabotaged()
    {
        var host = SabotagedHost.SharedState();
        return Sabotage.MustFailAsync(StateIsNotReachableAsync, Wiring.Real with { Host = () => host });
    }

    [Fact(DisplayName = "UEC-11 one user, two threads: both engines, each with its own thread, run and metadata")]
    [Trait("Seed", "UEC-11")]
    public Task Uec11() => ThreadsOfOneUserAreApartAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-11 fails when a user has one thread")]
    [Trait("Seed", "UEC-11")]
    public Task Uec11_Sabotaged() => Sabotage.MustFailAsync(ThreadsOfOneUserAreApartAsync, Wiring.Real with
    {
        Create = (factory, fields) => factory.CreateForUserAsync(fields with { ThreadId = $"thread-of-{fields.UserId}" }, CancellationToken.None),
    });

    private static async Task UsersHaveTheirOwnEnginesAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var users = new[] { "alice", "bob", "carol" };
        var engines = await Task.WhenAll(users.Select(user => wiring.Create(factory, Users.Fields(user))));

        engines.ShouldBeUnique();
        engines.Select(engine => engine.Context.UserId).ShouldBe(users);
        (factory.Metrics.TotalEnginesCreated, factory.Metrics.ActiveEnginesCount, factory.Metrics.TotalEnginesCleaned).ShouldBe((3, 3, 0));

        var workflow = Runs.Load(Runs.Marking);
        var results = await Task.WhenAll(engines.Select(engine => Runs.RunAsync(engine, workflow, new { mark = $"mark-of-{engine.Context.UserId}" })));
        results.Select(result => result.ExecutionId).ShouldBe(engines.Select(engine => engine.Context.ExecutionId));
        results.Select(Kept).ShouldBe(users.Select(user => $"mark-of-{user}"));
    }

    private static async Task EmittersAreTheirOwnAsync(Wiring wiring)
    {
        var mailboxes = new Mailboxes();
        mailboxes.Open("alice");
        mailboxes.Open("bob");
        await using var factory = wiring.NewFactory(mailboxes);
        var alice = await wiring.Create(factory, Users.Fields("alice"));
        var bob = await wiring.Create(factory, Users.Fields("bob"));
        alice.Emitter.ShouldNotBeSameAs(bob.Emitter);
        (alice.Emitter.UserId, bob.Emitter.UserId).ShouldBe(("alice", "bob"));

        var workflow = Runs.Load(Runs.Marking);
        await Task.WhenAll(Runs.RunAsync(alice, workflow), Runs.RunAsync(bob, workflow));
        await Eventually.IsTrueAsync(() => mailboxes.Count >= 10, "both users have seen their five events");
        foreach (var engine in new[] { alice, bob })
        {
            var mine = mailboxes.Of(engine.Context.UserId);
            mine.ShouldAllBe(e => e.UserId == engine.Context.UserId && e.RunId == engine.Context.RunId && e.ExecutionId == engine.Context.ExecutionId);
            mine.Count.ShouldBe(5);
        }

        bob.Emitter.Send(mailboxes.Of("alice")[0]).ShouldBeFalse("an event of alice does not leave through bob's emitter");
        (alice.Emitter.Counts.Blocked, bob.Emitter.Counts.Blocked).ShouldBe((0, 1));
    }

    private static async Task StateIsNotReachableAsync(Wiring wiring)
    {
        var mailboxes = new Mailboxes();
        await using var factory = wiring.NewFactory(mailboxes);
        var engines = new[] { await wiring.Create(factory, Users.Fields("alice")), await wiring.Create(factory, Users.Fields("bob")) };
        factory.Summary().Users.Select(user => user.UserId).ShouldBe(["alice", "bob"]);

        var workflow = Runs.Load(Runs.Marking);
        var bob = await Runs.RunAsync(engines[1], workflow, new { mark = "mark-of-bob", only_bob = "secret-of-bob" });
        var alice = await Runs.RunAsync(engines[0], workflow, new { mark = "mark-of-alice" });

        Found(bob).ShouldBe(["mark-of-bob", "secret-of-bob"]);
        Found(alice).ShouldBe(["mark-of-alice"]);
        Runs.Text(alice).ShouldNotContain("bob");
        await wiring.CleanUp(factory, engines[0]);
        JsonSerializer.Serialize(mailboxes.Of("alice")).ShouldNotContain("bob");
        factory.Summary().Users.Select(user => user.UserId).ShouldBe(["bob"]);
    }

    private static async Task ThreadsOfOneUserAreApartAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var fields = new[] { Users.Fields("alice", """{"topic": "north"}"""), Users.Fields("alice", """{"topic": "south"}""") };
        var engines = new[] { await wiring.Create(factory, fields[0]), await wiring.Create(factory, fields[1]) };

        engines.Select(engine => (engine.Context.ThreadId, engine.Context.RunId)).ShouldBe(fields.Select(f => (f.ThreadId!, f.RunId!)));
        engines.Select(engine => engine.Context.AgentContext.GetProperty("topic").GetString()).ShouldBe(["north", "south"]);
        engines.ShouldAllBe(engine => engine.IsActive);

        var workflow = Runs.Load(Runs.Marking);
        var results = await Task.WhenAll(engines.Select((engine, i) => Runs.RunAsync(engine, workflow, new { mark = $"thread-{i}" })));
        results.Select(Kept).ShouldBe(["thread-0", "thread-1"]);
    }

    private static string? Kept(ExecutionResult result) => result.State!.Value.GetProperty("kept").GetString();

    private static IEnumerable<string?> Found(ExecutionResult result) =>
        result.State!.Value.GetProperty("found").EnumerateArray().Select(item => item.GetString());
}
