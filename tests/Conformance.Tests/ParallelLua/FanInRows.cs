using Bulkhead.Testing.Running;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>What the fan-in gets: every branch, in the order of the document, whatever became of it. Some of it is time-outs: beside rows that compute, a wait of 0.3 s takes as long as they let it.</summary>
[Collection(TimingCollection.Name)]
public sealed class FanInRows
{
    [Fact(DisplayName = "RUST-030-INT-006 the fan-in receives the results of all branches"), Trait("Seed", "RUST-030-INT-006")]
    public Task FanIn_ThreeBranches_ReceivesThreeStates() => Row.HoldsUnlessAsync(Fault.SharedState, Fork(
        new { before = 1 }, "return {count = #state.parallel_results, before_still = state.before}",
        ("x", "return {from_x = 1}"), ("y", "return {from_y = {2}}"), ("z", "return {from_z = 'three'}")),
        ran =>
        {
            ran["count"].GetInt32().ShouldBe(3);
            ran["before_still"].GetInt32().ShouldBe(1);
            ran.ParallelResults.Select(r => r.GetProperty("state").GetRawText())
                .ShouldBe(["""{"before":1,"from_x":1}""", """{"before":1,"from_y":[2]}""", """{"before":1,"from_z":"three"}"""]);
            ran.State.TryGetProperty("from_x", out _).ShouldBeFalse("branch states are not merged");
        });

    [Fact(DisplayName = "RUST-030-INT-007 the fan-in sees success and failure of each branch"), Trait("Seed", "RUST-030-INT-007")]
    public Task FanIn_MixedResults_SeesEach() => Row.HoldsUnlessAsync(
        Fault.FailureSpreads, Fork(("good", "return {v = 1}"), ("bad", "error('no such thing')"), ("late", "sleep(0.02) return {v = 3}")), ran =>
        {
            ran.Succeeded();
            ran.ParallelResults.Select(r => r.GetProperty("success").GetBoolean()).ShouldBe([true, false, true]);
            ran.Branch("bad").GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("no such thing");
            ran.Branch("bad").GetProperty("retry_count").GetInt32().ShouldBe(0, "nothing is run twice unless asked");
        });

    [Fact(DisplayName = "RUST-030-INT-008 results stand in the order of the document, not of completion"), Trait("Seed", "RUST-030-INT-008")]
    public Task FanIn_BranchesEndInReverse_OrderIsTheDocuments() => Row.HoldsUnlessAsync(
        Fault.CompletionOrder,
        Fork(("slow", "sleep(0.3) return {i = 1}"), ("middle", "sleep(0.15) return {i = 2}"), ("quick", "return {i = 3}")), ran =>
        {
            ran.ParallelResults.Select(r => r.GetProperty("branch").GetString()).ShouldBe(["slow", "middle", "quick"]);
            ran.ParallelResults.Select(r => r.GetProperty("state").GetProperty("i").GetInt32()).ShouldBe([1, 2, 3]);
        });

    [Fact(DisplayName = "RUST-030-INT-012 each branch has a time-out of its own"), Trait("Seed", "RUST-030-INT-012")]
    public async Task Timeouts_OfBranches_AreIndependent()
    {
        await Row.HoldsUnlessAsync(Fault.FailureSpreads, """
            name: own-limits
            nodes:
              - {name: a, timeout: 50ms, run: "while true do end"}
              - {name: b, timeout: 20s, run: "sleep(0.2) return {done = true}"}
              - {name: join, run: "return {}"}
            edges: [{from: __start__, to: [a, b], fan_in: join}]
            """, ran =>
            {
                ran.Succeeded();
                ran.Branch("a").GetProperty("timeout").GetBoolean().ShouldBeTrue();
                ran.Branch("a").GetProperty("error_type").GetString().ShouldBe("TimeoutError");
                ran.Branch("b").GetProperty("state").GetProperty("done").GetBoolean().ShouldBeTrue();
            });
        await Row.HoldsUnlessAsync(Fault.SharedDeadline, """
            name: own-clocks
            initial_state: {list: [1, 2, 3, 4, 5, 6]}
            nodes:
              - {name: each, type: dynamic_parallel, items: state.list, max_concurrency: 1, lua_timeout: 1200ms, steps: [{name: wait, run: "sleep(0.3)"}]}
            """, ran => ran.ParallelResults.ShouldAllBe(r => r.GetProperty("success").GetBoolean()));
    }

    [Fact(DisplayName = "RUST-030-INT-013 a time-out does not reach the fan-in"), Trait("Seed", "RUST-030-INT-013")]
    public Task FanIn_OneBranchTimesOut_HasTheOthersResults() => Row.HoldsUnlessAsync(Fault.FailureSpreads, """
        name: partial
        settings: {parallel: {lua_timeout: 300ms}}
        nodes:
          - {name: stuck, run: "while true do end"}
          - {name: one, run: "return {v = 1}"}
          - {name: two, run: "return {v = 2}"}
          - name: join
            run: |
              local sum, timeouts = 0, 0
              for _, r in ipairs(state.parallel_results) do
                if r.success then sum = sum + r.state.v end
                if r.timeout then timeouts = timeouts + 1 end
              end
              return {sum = sum, timeouts = timeouts}
        edges: [{from: __start__, to: [stuck, one, two], fan_in: join}]
        """, ran =>
        {
            ran.Succeeded();
            ran["sum"].GetInt32().ShouldBe(3);
            ran["timeouts"].GetInt32().ShouldBe(1);
        });
}
