using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Testing.Running;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>Whole documents, end to end.</summary>
public sealed class WorkflowRows
{
    private static readonly string Isolation = Read("lua_parallel_isolation.yaml");

    [Fact(DisplayName = "PY-002-E2E-001 the shared fixture gives the approved result"), Trait("Seed", "PY-002-E2E-001")]
    public Task Fixture_Run_GivesTheApprovedState() => Row.HoldsUnlessAsync(Fault.SharedVm, Isolation, ran =>
        JsonElement.DeepEquals(JsonElement.Parse(Read("lua_parallel_isolation.expected.json")), WithoutTimes(ran)).ShouldBeTrue(WithoutTimes(ran).GetRawText()));

    [Fact(DisplayName = "RUST-030-E2E-001 conflicting globals in a whole workflow"), Trait("Seed", "RUST-030-E2E-001")]
    public Task Workflow_ConflictingGlobals_RunsClean() => Row.HoldsUnlessAsync(Fault.SharedVm, """
        name: conflicts
        nodes:
          - {name: a, run: "who = (who or '') .. 'a' return {}"}
          - {name: a2, run: "sleep(0.02) return {who = who}"}
          - {name: b, run: "who = (who or '') .. 'b' return {}"}
          - {name: b2, run: "return {who = who}"}
          - {name: join, run: "return {who = state.parallel_results[1].state.who .. state.parallel_results[2].state.who, mine = who == nil}"}
        edges:
          - {from: __start__, to: [a, b], fan_in: join}
          - {from: a, to: a2}
          - {from: b, to: b2}
        """, ran =>
        {
            ran.Succeeded()["who"].GetString().ShouldBe("ab");
            ran["mine"].GetBoolean().ShouldBeTrue();
        });

    [Fact(DisplayName = "RUST-030-E2E-003 sequential nodes before and after a parallel section"), Trait("Seed", "RUST-030-E2E-003")]
    public Task Workflow_MixedSequentialAndParallel_KeepsTheTrunk() => Row.HoldsUnlessAsync(Fault.SharedVm, """
        name: mixed
        nodes:
          - {name: before, run: "count = 1 return {seed = 5}"}
          - {name: left, run: "count = (count or 0) + 10 return {v = state.seed + 1, count = count}"}
          - {name: right, run: "count = (count or 0) + 100 return {v = state.seed + 2, count = count}"}
          - {name: join, run: "count = count + 1 return {sum = state.parallel_results[1].state.v + state.parallel_results[2].state.v}"}
          - {name: after, run: "return {done = state.sum * 2, trunk_count = count, branch_count = state.parallel_results[2].state.count}"}
        edges:
          - {from: before, to: [left, right], fan_in: join}
          - {from: join, to: after}
        """, ran =>
        {
            ran.Succeeded()["done"].GetInt32().ShouldBe(26);
            ran["trunk_count"].GetInt32().ShouldBe(2);
            ran["branch_count"].GetInt32().ShouldBe(100);
        });

    [Fact(DisplayName = "RUST-030-E2E-004 the agent of the seed, written in YAML"), Trait("Seed", "RUST-030-E2E-004")]
    public Task Agent_InYaml_IsIsolated() => Row.HoldsUnlessAsync(Fault.SharedVm, """
        name: parallel-lua-agent
        nodes:
          - name: branch_a
            run: |
              -- lua
              cached = 123
              return state
          - name: branch_b
            run: |
              -- lua
              return { cached_value = cached, asked = true }
          - name: fan_in
            fan_in: true
            run: |
              -- lua
              return { cached_in_b = state.parallel_results[2].state.cached_value, asked = state.parallel_results[2].state.asked }
        edges:
          - {from: __start__, to: [branch_a, branch_b], fan_in: fan_in}
        """, ran =>
        {
            ran.Succeeded()["asked"].GetBoolean().ShouldBeTrue();
            ran["cached_in_b"].ValueKind.ShouldBe(JsonValueKind.Undefined);
        });

    private static JsonElement WithoutTimes(Ran ran)
    {
        var state = JsonNode.Parse(ran.State.GetRawText())!;
        foreach (var result in state["parallel_results"]!.AsArray())
        {
            result!["timing_ms"]!.GetValue<double>().ShouldBeGreaterThan(0);
            result.AsObject().Remove("timing_ms");
        }

        return JsonSerializer.SerializeToElement(state);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ParallelLua", file));
}
