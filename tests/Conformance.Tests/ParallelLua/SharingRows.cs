using System.Collections.Concurrent;
using System.Text.Json;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing.Running;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>What branches do share: the actions and the processors.</summary>
public sealed class SharingRows
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Fact(DisplayName = "RUST-030-UNIT-001 branches that compute run on as many OS threads at one moment"), Trait("Seed", "RUST-030-UNIT-001")]
    public Task Branches_Computing_RunOnThreadsOfTheirOwn()
    {
        const int Branches = 4;
        var threads = new ConcurrentBag<int>();
        return Row.HoldsUnlessAsync(
            Fault.OneAtATime,
            JsonDocumentOf(Branches, "local sum = 0 for i = 1, 10000 do sum = sum + i end return {met = cache.delete('meet')}"),
            ran =>
            {
                ran.ParallelResults.ShouldAllBe(r => r.GetProperty("state").GetProperty("met").GetBoolean());
                threads.Distinct().Count().ShouldBe(Branches);
            },
            () =>
            {
                threads.Clear();
                var barrier = new Barrier(Branches);
                // The synchronous part of a host call runs on the script's own thread: all of them must stand here at one moment.
                return Row.ActionsWith(new ProbeAction("cache.delete", (_, _) =>
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    return ValueTask.FromResult<JsonElement?>(JsonSerializer.SerializeToElement(barrier.SignalAndWait(Patience, CancellationToken.None)));
                }));
            });
    }

    [Fact(DisplayName = "RUST-030-UNIT-004 all branches see one action registry"), Trait("Seed", "RUST-030-UNIT-004")]
    public async Task Registry_InAllBranches_IsOneInstance()
    {
        var probe = new ProbeAction("cache.get", (_, _) => default);
        ActionRegistry NewRegistry() => Row.ActionsWith(probe);
        var document = Fork([.. Enumerable.Range(0, 8).Select(i => ($"b{i}", "cache.get('k')"))]);

        await new LocalRun { Parts = new EngineParts { Actions = NewRegistry() } }.RunAsync(document);
        probe.Registries.Count.ShouldBe(1);
        await new LocalRun { Parts = BrokenFork.With(Fault.OwnActions, NewRegistry) }.RunAsync(document);
        probe.Registries.Count.ShouldBe(1 + 8, "the row must notice a registry of each branch's own");
    }

    [Fact(DisplayName = "RUST-030-INT-004 branches run the same action at the same time"), Trait("Seed", "RUST-030-INT-004")]
    public Task Action_OfAllBranches_IsSharedAndConcurrent() => Row.HoldsUnlessAsync(
        Fault.OwnActions, Fork([.. Enumerable.Range(0, 4).Select(i => ($"b{i}", "return {met = cache.delete('meet')}"))]),
        ran => ran.ParallelResults.ShouldAllBe(r => r.GetProperty("state").GetProperty("met").GetBoolean()),
        () => Row.ActionsWith(Meeting(4)));

    [Fact(DisplayName = "RUST-030-INT-005 the registry is read under contention without a deadlock"), Trait("Seed", "RUST-030-INT-005")]
    public async Task Registry_ManyReaders_AnswersAll()
    {
        const string Calls = "local n = 0 for i = 1, 200 do if json.parse(json.stringify({i}))[1] == i then n = n + 1 end end return {n = n}";
        var document = Fork([.. Enumerable.Range(0, 64).Select(i => ($"b{i}", Calls))]);
        async Task CheckAsync(ActionRegistry actions)
        {
            var ran = await new LocalRun { Parts = new EngineParts { Actions = actions } }.RunAsync(document);
            ran.Succeeded().ParallelResults.ShouldAllBe(r => r.GetProperty("success").GetBoolean() && r.GetProperty("state").GetProperty("n").GetInt32() == 200);
        }

        await CheckAsync(ActionRegistry.BuiltIn);
        await Row.NoticesAsync("a registry whose lock is taken again by its holder", () => CheckAsync(Locked()));
    }

    [Fact(DisplayName = "PY-002-UNIT-005 sequential nodes share one VM"), Trait("Seed", "PY-002-UNIT-005")]
    public async Task SequentialNodes_UseOneVm()
    {
        static void Check(Ran ran) => ran["seen"].GetInt32().ShouldBe(7);
        Check(await LocalRun.Of(Chain(("a", "kept = 7"), ("b", "return {seen = kept}"))));
        var forked = await LocalRun.Of(Fork(new { seen = 0 }, "return {seen = kept}", ("a", "kept = 7")));
        Should.Throw<ShouldAssertException>(() => Check(forked), "a branch's VM is not the trunk's");
    }

    [Fact(DisplayName = "RUST-030-UNIT-008 every VM is closed when its branch ends"), Trait("Seed", "RUST-030-UNIT-008")]
    public async Task Memory_AfterTheRun_IsGivenBack()
    {
        var document = Fork([.. Enumerable.Range(0, 50).Select(i => ($"b{i}", "t = string.rep('x', 100000)"))]);
        (await UsedAfterAsync(EngineParts.Sound, document)).ShouldBe(0);
        (await UsedAfterAsync(BrokenFork.With(Fault.VmsLeak, () => ActionRegistry.BuiltIn), document)).ShouldBeGreaterThan(50 * 100_000, "the row must notice VMs that are left");
    }

    private static async Task<long> UsedAfterAsync(EngineParts parts, string document)
    {
        Run? seen = null;
        var watched = parts with { ForkOf = run => parts.ForkOf(seen = run) };
        (await new LocalRun { Parts = watched }.RunAsync(document)).Succeeded();
        return seen.ShouldNotBeNull().Memory.Used;
    }

    private static ProbeAction Meeting(int size)
    {
        var (arrived, all) = (0, new TaskCompletionSource());
        return new ProbeAction("cache.delete", async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref arrived) == size) all.SetResult();
            var first = await Task.WhenAny(all.Task, Task.Delay(Patience, cancellationToken));
            return JsonSerializer.SerializeToElement(first == all.Task);
        });
    }

    /// <summary>Text and parsing behind one lock, which a branch keeps from the one call to the other and then asks for again.</summary>
    private static ActionRegistry Locked()
    {
        var gate = new SemaphoreSlim(1);
        async ValueTask<JsonElement?> EnterAsync(ActionCall call, CancellationToken cancellationToken) =>
            await gate.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken) ? JsonSerializer.SerializeToElement("[1]") : throw ActionCall.Wrong("deadlock");
        return Row.ActionsWith(new ProbeAction("json.stringify", EnterAsync), new ProbeAction("json.parse", EnterAsync));
    }

    private static string JsonDocumentOf(int branches, string lua) => JsonSerializer.Serialize(new
    {
        name = "threads",
        settings = new { parallel = new { max_workers = branches } },
        nodes = Enumerable.Range(0, branches).Select(i => new { name = $"b{i}", run = lua }).Append(new { name = "join", run = "return {}" }),
        edges = new[] { new { from = "__start__", to = Enumerable.Range(0, branches).Select(i => $"b{i}"), fan_in = "join" } },
    });
}
