using System.Text.Json;
using Bulkhead.Engine.Nodes;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

public sealed class ErrorHandlingTests
{
    [Fact]
    public async Task Node_Fails_ExecutionFailsThereAndNothingFollows()
    {
        var ran = await LocalRun.Of("""
            name: raise
            nodes:
              - {name: a, run: "return {kept = 1}"}
              - {name: b, run: "error('broken')"}
              - {name: c, run: "return {never = 1}"}
            """);
        ran.Failed("broken", NodeFailure.LuaError);
        ran.Result.Reason.ShouldBe("NodeFailed");
        ran["kept"].GetInt32().ShouldBe(1);
        ran.Trace.ShouldBe(["start", "node_start a", "node_complete a", "node_start b", "node_error b", "finish"]);
    }

    [Fact]
    public async Task OnErrorGraceful_WritesTheErrorAndGoesOn()
    {
        var ran = await LocalRun.Of("""
            name: graceful
            nodes:
              - {name: a, on_error: {mode: graceful}, run: "error('broken')"}
              - {name: b, run: "return {saw = state.error_node .. ' ' .. state.error_type}"}
            """);
        ran.Succeeded()["saw"].GetString().ShouldBe("a LuaError");
        ran["error"].GetString().ShouldNotBeNull().ShouldContain("broken");
        ran.Node("a").Status.ShouldBe(Api.Contract.NodeStatus.Failed);
    }

    [Theory]
    [InlineData("fallback: rescue", "on the node")]
    [InlineData("on_error: {mode: raise, fallback: rescue}", "in on_error")]
    [InlineData("retry: {max_retries: 1, base_delay_ms: 1}, on_error: {mode: retry, fallback: rescue}", "after the retries")]
    public async Task Fallback_NodeFails_LeadsThere(string how, string because)
    {
        var ran = await LocalRun.Of($$"""
            name: fallback
            nodes:
              - {name: a, {{how}}, run: "error('broken')"}
              - {name: skipped, goto: __end__, run: "return {never = 1}"}
              - {name: rescue, run: "return {rescued = state.error_node}"}
            """);
        ran.Succeeded()["rescued"].GetString().ShouldBe("a", because);
        ran["never"].ValueKind.ShouldBe(JsonValueKind.Undefined, because);
    }

    [Fact]
    public async Task NoRuleMatches_FailsWithTheConditionsTried()
    {
        var ran = await LocalRun.Of("""
            name: no-match
            nodes:
              - {name: a, run: "return {x = 1}", goto: [{if: "state.x > 5", to: b}, {if: "state.missing", to: b}]}
              - {name: b, run: "return {}"}
            """);
        ran.Failed("No rule after node 'a' matches. Conditions tried: state.x > 5; state.missing.", NodeFailure.ActionError);
    }

    [Fact]
    public async Task DependencyGraph_GracefulNode_HandsItsErrorToDependants()
    {
        var ran = await LocalRun.Of("""
            {"name": "dag", "nodes": [
              {"id": "a", "type": "custom_code", "on_error": {"mode": "graceful"}, "config": {"code": "error('broken')"}},
              {"id": "b", "type": "transform", "config": {"template": "{{nodes.a.output.error_type}}"}, "depends_on": ["a"]}]}
            """);
        ran.Succeeded()["nodes"].GetProperty("b").GetProperty("output").GetString().ShouldBe("LuaError");
    }

    [Fact]
    public async Task DependencyGraph_NodeFails_GroupEndsAndLaterGroupsAreSkipped()
    {
        var ran = await LocalRun.Of("""
            {"name": "dag", "nodes": [
              {"id": "bad", "type": "custom_code", "config": {"code": "error('broken')"}},
              {"id": "good", "type": "custom_code", "config": {"code": "sleep(0.02) return {v = 1}"}},
              {"id": "later", "type": "custom_code", "config": {"code": "return 1"}, "depends_on": ["good"]}]}
            """);
        ran.Failed("broken", NodeFailure.LuaError);
        ran.Node("good").Status.ShouldBe(Api.Contract.NodeStatus.Succeeded);
        ran.Node("later").Status.ShouldBe(Api.Contract.NodeStatus.Skipped);
    }

    [Fact]
    public async Task Cycle_WithoutEnd_IsStoppedByTheGuard()
    {
        var ran = await LocalRun.Of("""
            name: endless
            settings: {max_iterations: 10}
            nodes:
              - {name: a, run: "return {n = (state.n or 0) + 1}", goto: a}
            """);
        ran.Failed("Max iterations (10) exceeded. Possible infinite loop.", NodeFailure.ActionError);
        ran["n"].GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task Variables_ChangedInABranch_AreWholeInTheOthers()
    {
        var ran = await LocalRun.Of("""
            name: variables
            variables: {limit: 3, list: [1]}
            nodes:
              - {name: a, run: "variables.limit = 9 variables.list[1] = 9 return {v = variables.limit}"}
              - {name: b, run: "return {v = variables.limit, first = variables.list[1]}"}
              - {name: join, run: "return {v = variables.limit}"}
            edges: [{from: __start__, to: [a, b], fan_in: join}]
            """);
        ran.Branch("b").GetProperty("state").GetRawText().ShouldBe("""{"first":1,"v":3}""");
        ran["v"].GetInt32().ShouldBe(3);
    }
}
