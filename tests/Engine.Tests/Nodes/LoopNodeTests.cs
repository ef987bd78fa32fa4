using Bulkhead.Engine.Nodes;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Nodes;

public sealed class LoopNodeTests
{
    [Fact]
    public async Task Loop_ConditionHolds_RunsItsBodyInOneVm()
    {
        var ran = await LocalRun.Of("""
            name: loop
            initial_state: {i: 0, log: []}
            nodes:
              - name: loop
                type: while_loop
                condition: state.i < 3
                max_iterations: 10
                body:
                  - {name: count, run: "calls = (calls or 0) + 1 return {i = state.i + 1}"}
                  - {name: keep, run: "table.insert(state.log, calls) return {log = state.log}"}
              - {name: after, run: "return {done = state.i}"}
            """);
        ran.Succeeded()["log"].GetRawText().ShouldBe("[1,2,3]");
        ran["done"].GetInt32().ShouldBe(3);
        ran.Trace.Where(line => line.Contains("loop", StringComparison.Ordinal)).ShouldBe(
        [
            "node_start loop", "loop_start loop", "loop_iteration loop", "loop_iteration loop", "loop_iteration loop", "loop_end loop", "node_complete loop",
        ]);
        ran.Events.Where(e => e.Type == "loop_iteration").Select(e => e.Fields!["iteration"].GetInt32()).ShouldBe([0, 1, 2]);
        ran.Events.Single(e => e.Type == "loop_end").Fields!["iterations"].GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Loop_ConditionIsFalseAtOnce_RunsNothing()
    {
        var ran = await LocalRun.Of(Loop("state.missing", "return {never = 1}"));
        ran.Succeeded().Trace.ShouldNotContain("node_start step");
    }

    [Fact]
    public async Task Loop_LimitReached_IsAnErrorThatNamesLoopAndField()
    {
        var ran = await LocalRun.Of(Loop("true", "return {n = (state.n or 0) + 1}"));
        ran.Failed("Loop 'loop' reached max_iterations (4) while its condition still holds: true", NodeFailure.ActionError);
        ran["n"].GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Loop_BodyFails_LoopFails()
    {
        var ran = await LocalRun.Of(Loop("true", "error('broken')"));
        ran.Failed("broken", NodeFailure.LuaError);
        ran.Node("loop").Status.ShouldBe(Api.Contract.NodeStatus.Failed);
    }

    [Fact]
    public async Task Loop_OwnTimeout_BoundsTheBody()
    {
        var ran = await LocalRun.Of("""
            name: loop
            nodes:
              - name: loop
                type: while_loop
                condition: "true"
                max_iterations: 10
                timeout: 200ms
                body: [{name: wait, on_error: {mode: graceful}, run: "sleep(3600)"}]
            """);
        ran.Failed("Node 'loop' exceeded its time-out of 0.2 s.", NodeFailure.TimeoutError);
    }

    [Fact]
    public async Task Loop_InABranch_UsesTheBranchsVm()
    {
        var ran = await LocalRun.Of("""
            name: loop
            nodes:
              - {name: a, run: "mark = 'a' return {i = 0}"}
              - name: loop
                type: while_loop
                condition: state.i < 2
                max_iterations: 3
                body: [{name: step, run: "return {i = state.i + 1, mark = mark}"}]
              - {name: b, run: "return {}"}
              - {name: join, run: "return {}"}
            edges:
              - {from: __start__, to: [a, b], fan_in: join}
              - {from: a, to: loop}
              - {from: loop, to: join}
            """);
        ran.Succeeded().Branch("a").GetProperty("state").GetRawText().ShouldBe("""{"i":2,"mark":"a"}""");
        ran.Trace.ShouldContain("loop_iteration loop @a");
    }

    private static string Loop(string condition, string body) => $$"""
        name: loop
        nodes:
          - name: loop
            type: while_loop
            condition: "{{condition}}"
            max_iterations: 4
            body: [{name: step, run: "{{body}}"}]
        """;
}
