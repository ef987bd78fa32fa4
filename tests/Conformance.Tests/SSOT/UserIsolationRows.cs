using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Events;
using Bulkhead.Testing;

namespace Bulkhead.Conformance.Tests.SSOT;

/// <summary>SSOT rows about users who run at the same time.</summary>
public class UserIsolationRows
{
    private static readonly string[] ThreeUsers = ["alice", "bob", "carol"];

    [Fact(DisplayName = "SSOT-2 5 users x 3 operations: no foreign string in any state")]
    [Trait("Seed", "SSOT-2")]
    public Task Ssot2() => NoForeignStringAsync(Wiring.Real);

    [Fact(DisplayName = "SSOT-2 fails when runs share their state")]
    [Trait("Seed", "SSOT-2")]
    public Task Ssot2_Sabotaged()
    {
        var host = SabotagedHost.SharedState();
        return Sabotage.MustFailAsync(NoForeignStringAsync, Wiring.Real with { Host = () => host });
    }

    [Fact(DisplayName = "SSOT-4 end to end: 3 users at once see 5 kinds of event each, in order, each only their own")]
    [Trait("Seed", "SSOT-4")]
    public Task Ssot4() => EventsReachTheirOwnersAsync(Wiring.Real);

    [Fact(DisplayName = "SSOT-4 fails when the bridge shows everything to everybody")]
    [Trait("Seed", "SSOT-4")]
    public Task Ssot4_Sabotaged() =>
        Sabotage.MustFailAsync(EventsReachTheirOwnersAsync, Wiring.Real with { Bridge = bridge => ((Mailboxes)bridge).Broadcast() });

    [Fact(DisplayName = "SSOT-5 an event without a user or a run is blocked and counted")]
    [Trait("Seed", "SSOT-5")]
    public Task Ssot5() => UnownedEventsAreBlockedAsync(Wiring.Real);

    [Fact(DisplayName = "SSOT-5 fails when events bypass their emitter")]
    [Trait("Seed", "SSOT-5")]
    public Task Ssot5_Sabotaged() => Sabotage.MustFailAsync(UnownedEventsAreBlockedAsync, Wiring.Real with
    {
        Send = (_, mailboxes, userEvent) => mailboxes.SendAsync(userEvent, CancellationToken.None).IsCompletedSuccessfully,
    });

    [Fact(DisplayName = "SSOT-7 one user's failure leaves the others' success")]
    [Trait("Seed", "SSOT-7")]
    public Task Ssot7() => FailureStaysWithItsUserAsync(Wiring.Real);

    [Fact(DisplayName = "SSOT-7 fails when runs share their fate")]
    [Trait("Seed", "SSOT-7")]
    public Task Ssot7_Sabotaged()
    {
        var host = SabotagedHost.SharedFate();
        return Sabotage.MustFailAsync(FailureStaysWithItsUserAsync, Wiring.Real with { Host = () => host });
    }

    private static async Task NoForeignStringAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var workflow = Runs.Load(Runs.Marking);
        var users = Enumerable.Range(1, 5).Select(i => $"user-{i}").ToArray();
        var all = await Task.WhenAll(users.Select(async user =>
        {
            var results = new List<ExecutionResult>();
            for (var operation = 1; operation <= 3; operation++)
            {
                results.Add(await Runs.OnceAsync(wiring, factory, user, workflow, new { mark = $"{user}-operation-{operation}" }));
            }

            return results;
        }));

        foreach (var (user, results) in users.Zip(all))
        {
            results.ShouldAllBe(result => result.Phase == ExecutionPhase.Succeeded);
            for (var operation = 1; operation <= 3; operation++)
            {
                var state = results[operation - 1].State!.Value;
                state.GetProperty("found").EnumerateArray().Select(item => item.GetString()).ShouldBe([$"{user}-operation-{operation}"]);
                foreach (var other in users.Where(other => other != user)) state.GetRawText().ShouldNotContain(other);
            }
        }

        factory.Metrics.TotalEnginesCleaned.ShouldBe(15);
        factory.Metrics.ActiveEnginesCount.ShouldBe(0);
    }

    private static async Task EventsReachTheirOwnersAsync(Wiring wiring)
    {
        var mailboxes = new Mailboxes();
        foreach (var user in ThreeUsers) mailboxes.Open(user);
        await using var factory = wiring.NewFactory(mailboxes);
        var workflow = Runs.Load(Runs.Marking);
        await Task.WhenAll(ThreeUsers.Select(user => Runs.OnceAsync(wiring, factory, user, workflow, new { mark = $"mark-of-{user}", api_key = "hunter2" })));
        await Eventually.IsTrueAsync(() => mailboxes.Count >= 15, "three times five events are delivered");

        foreach (var user in ThreeUsers)
        {
            var mine = mailboxes.Of(user);
            mine.Select(e => e.Type).ShouldBe(
                [UserEventKind.AgentStarted, UserEventKind.AgentThinking, UserEventKind.ToolExecuting, UserEventKind.ToolCompleted, UserEventKind.AgentCompleted]);
            mine.ShouldAllBe(e => e.UserId == user && e.AgentName == "marking");
            mine.Select(e => (e.ThreadId, e.RunId, e.ExecutionId)).Distinct().Count().ShouldBe(1);
            (mine[2].ToolName, mine[3].Status, mine[4].Status).ShouldBe(("sleep", "succeeded", "succeeded"));
            mine[4].FinalResponse!.Value.GetProperty("kept").GetString().ShouldBe($"mark-of-{user}");
            mine[4].FinalResponse!.Value.GetProperty("api_key").GetString().ShouldBe("[REDACTED]");
            JsonSerializer.Serialize(mine[4]).ShouldNotContain("\"hunter2\",\"kept\"");
        }

        mailboxes.Count.ShouldBe(15);
    }

    private static async Task UnownedEventsAreBlockedAsync(Wiring wiring)
    {
        var mailboxes = new Mailboxes();
        await using var factory = wiring.NewFactory(mailboxes);
        var engine = await wiring.Create(factory, Users.Fields("alice"));
        var good = new UserEvent
        {
            Type = UserEventKind.AgentThinking,
            UserId = "alice",
            RunId = engine.Context.RunId,
            ThreadId = engine.Context.ThreadId,
            ExecutionId = engine.Context.ExecutionId,
            TenantId = engine.Context.TenantId,
            AgentName = "marking",
            Timestamp = DateTimeOffset.UnixEpoch,
        };
        UserEvent[] unowned =
        [
            good with { UserId = "" }, good with { UserId = " " }, good with { RunId = "" }, good with { RunId = null },
            good with { RunId = "registry" }, good with { UserId = "bob" }, good with { ExecutionId = "exec_of_somebody_else" },
        ];
        foreach (var userEvent in unowned) wiring.Send(engine, mailboxes, userEvent).ShouldBeFalse();
        wiring.Send(engine, mailboxes, good).ShouldBeTrue();
        await wiring.CleanUp(factory, engine);

        mailboxes.Of("alice").ShouldHaveSingleItem().RunId.ShouldBe(engine.Context.RunId);
        mailboxes.Count.ShouldBe(1);
        engine.Emitter.Counts.ShouldBe(new UserEventCounts(Delivered: 1, Dropped: 0, Blocked: unowned.Length, Retried: 0));
    }

    private static async Task FailureStaysWithItsUserAsync(Wiring wiring)
    {
        var mailboxes = new Mailboxes();
        await using var factory = wiring.NewFactory(mailboxes);
        var failing = Runs.Load("name: failing\nnodes:\n  - {name: a, run: 'error(\"no luck\")'}\n");
        var good = Runs.Load(Runs.Marking);
        var results = await Task.WhenAll(ThreeUsers.Select(user =>
            Runs.OnceAsync(wiring, factory, user, user == "bob" ? failing : good, new { mark = $"mark-of-{user}" })));
        await Eventually.IsTrueAsync(() => ThreeUsers.All(user => mailboxes.Of(user).Any(e => e.Type == UserEventKind.AgentCompleted)), "all have ended");

        results.Select(result => result.Phase).ShouldBe([ExecutionPhase.Succeeded, ExecutionPhase.Failed, ExecutionPhase.Succeeded]);
        ThreeUsers.Select(user => mailboxes.Of(user)[^1].Status).ShouldBe(["succeeded", "failed", "succeeded"]);
        Runs.Text(results[0]).ShouldNotContain("no luck");
        (factory.Metrics.ActiveEnginesCount, factory.Metrics.CleanupErrors).ShouldBe((0, 0));
    }
}
