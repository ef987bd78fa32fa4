using Bulkhead.Engine.Nodes;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Nodes;

public sealed class FanOutNodeTests
{
    [Fact]
    public async Task Steps_RunForEachItem_ResultsInOrder()
    {
        var ran = await LocalRun.Of("""
            name: fan-out
            initial_state: {list: [3, 1, 2], keep: true}
            nodes:
              - name: each
                type: dynamic_parallel
                items: state.list
                item_var: number
                index_var: at
                steps:
                  - {name: wait, run: "sleep(state.number / 100)"}
                  - {name: square, run: "return {square = state.number ^ 2 // 1, at = state.at}"}
                fan_in: collect
              - {name: skipped, run: "return {never = 1}"}
              - name: collect
                run: |
                  local squares = {}
                  for i, r in ipairs(state.parallel_results) do squares[i] = math.tointeger(r.state.square) end
                  return {squares = squares, outside = state.number == nil}
            """);
        ran.Succeeded()["squares"].GetRawText().ShouldBe("[9,1,4]");
        ran["outside"].GetBoolean().ShouldBeTrue();
        ran["never"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Undefined);
        ran.ParallelResults.Select(r => r.GetProperty("branch").GetString()).ShouldBe(["each[0]", "each[1]", "each[2]"]);
        ran.ParallelResults.Select(r => r.GetProperty("state").GetProperty("at").GetInt32()).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData("action: hash.sha256, with: {text: \"{{ state.item }}\"}", "action beside with")]
    [InlineData("action: {uses: hash.sha256, with: {text: \"{{ state.item }}\"}}", "action as a mapping")]
    public async Task Action_RunsForEachItem(string action, string because)
    {
        var ran = await LocalRun.Of($$"""
            name: fan-out
            initial_state: {list: [a, b]}
            nodes: [{name: each, type: dynamic_parallel, items: state.list, {{action}}}]
            """);
        ran.Succeeded().ParallelResults.Select(r => r.GetProperty("state").GetProperty("result").GetString()![..4]).ShouldBe(["ca97", "3e23"], because);
    }

    [Fact]
    public async Task Subgraph_RunsForEachItem_WithItsOwnEdgesAndState()
    {
        var ran = await LocalRun.Of("""
            name: fan-out
            initial_state: {list: [1, 20]}
            nodes:
              - name: each
                type: dynamic_parallel
                items: state.list
                subgraph:
                  initial_state: {limit: 10}
                  nodes:
                    - {name: size, run: "mine = state.item return {}", goto: [{if: "state.item > state.limit", to: large}, {to: small}]}
                    - {name: small, run: "return {size = 'small', mine = mine}", goto: __end__}
                    - {name: large, run: "return {size = 'large', mine = mine}"}
            """);
        ran.Succeeded().ParallelResults.Select(r => r.GetProperty("state").GetProperty("size").GetString()).ShouldBe(["small", "large"]);
        ran.ParallelResults.Select(r => r.GetProperty("state").GetProperty("mine").GetInt32()).ShouldBe([1, 20]);
    }

    [Fact]
    public async Task MaxConcurrency_IsNeverExceeded()
    {
        var ran = await LocalRun.Of("""
            name: fan-out
            initial_state: {list: [1, 2, 3, 4, 5, 6]}
            nodes: [{name: each, type: dynamic_parallel, items: state.list, max_concurrency: 2, steps: [{name: wait, run: "sleep(0.01)"}]}]
            """);
        var (now, most) = (0, 0);
        foreach (var e in ran.Succeeded().Events)
        {
            now += e.Type switch { "branch_start" => 1, "branch_complete" => -1, _ => 0 };
            most = Math.Max(most, now);
        }

        most.ShouldBe(2);
    }

    [Fact]
    public async Task FailFast_CancelsItemsThatWait()
    {
        var ran = await LocalRun.Of("""
            name: fan-out
            initial_state: {list: [1, 2, 3]}
            nodes: [{name: each, type: dynamic_parallel, items: state.list, max_concurrency: 1, fail_fast: true, steps: [{name: one, run: "error('first')"}]}]
            """);
        ran.Succeeded().ParallelResults.Select(r => r.GetProperty("error_type").GetString()).ShouldBe(["LuaError", "Cancelled", "Cancelled"]);
        ran.Trace.Count(line => line.StartsWith("node_start one", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("state.text", "items must be a list, but 'state.text' is string.")]
    [InlineData("state.missing", "items must be a list, but 'state.missing' is nil.")]
    public async Task Items_NotAList_IsAnErrorThatNamesTheNode(string items, string message)
    {
        var ran = await LocalRun.Of($$"""
            name: fan-out
            initial_state: {text: abc}
            nodes: [{name: each, type: dynamic_parallel, items: {{items}}, steps: [{name: one, run: "return {}"}]}]
            """);
        ran.Failed($"nodes[0]: {message}", NodeFailure.ActionError);
    }

    [Fact]
    public async Task Items_AreEmpty_GivesNoResults()
    {
        var ran = await LocalRun.Of("""
            name: fan-out
            initial_state: {list: []}
            nodes: [{name: each, type: dynamic_parallel, items: state.list, steps: [{name: one, run: "return {}"}]}]
            """);
        ran.Succeeded()["parallel_results"].GetRawText().ShouldBe("[]");
    }

    [Fact]
    public async Task Nested_FanOut_StopsWithTheOuterBranchsTime()
    {
        var ran = await LocalRun.Of("""
            name: nested
            initial_state: {list: [1]}
            nodes:
              - name: outer
                type: dynamic_parallel
                items: state.list
                lua_timeout: 300ms
                steps:
                  - {name: inner, type: dynamic_parallel, items: state.list, lua_timeout: 1h, steps: [{name: wait, run: "sleep(3600)"}]}
            """);
        ran.Succeeded().ParallelResults[0].GetProperty("timeout").GetBoolean().ShouldBeTrue();
    }
}
