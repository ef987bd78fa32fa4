using Bulkhead.Api.Contract;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

/// <summary>Told to stop while the node <c>one</c> runs: it ends, no other is started, <c>finally</c> runs.</summary>
public sealed class SoftStopTests
{
    private const string Finally = "finally: [{name: tidy, run: \"return {tidied = state.error_type}\"}]";

    [Fact]
    public async Task Stop_InAStateGraph_EndsAfterTheRunningNode()
    {
        var ran = await RunAsync($$"""
            name: stop
            nodes: [{name: one, run: "return {v = 1}"}, {name: two, run: "return {v = 2}"}]
            {{Finally}}
            """);
        ran.Result.Phase.ShouldBe(ExecutionPhase.Cancelled);
        ran.Result.Reason.ShouldBe("Stopped");
        ran.Trace.ShouldBe(["start", "node_start one", "node_complete one", "node_start tidy", "node_complete tidy", "finish"]);
        ran["v"].GetInt32().ShouldBe(1);
        ran["tidied"].GetString().ShouldBe(NodeFailure.Stopped);
    }

    [Fact]
    public async Task Stop_NothingWasLeftToStart_Succeeds() =>
        (await RunAsync($"{{name: stop, nodes: [{{name: one, run: \"return {{v = 1}}\"}}]}}")).Succeeded();

    [Theory]
    [InlineData("on_error: {mode: graceful}")]
    [InlineData("fallback: two")]
    [InlineData("retry: {max_retries: 3}")]
    public async Task Stop_WhatGoesOnAfterFailures_DoesNotGoOn(string rule)
    {
        var ran = await RunAsync($$"""
            name: stop
            nodes: [{name: one, run: "return {}"}, {name: next, run: "return {}", {{rule}}}, {name: two, run: "return {}"}]
            """);
        ran.Result.Reason.ShouldBe("Stopped");
        ran.Trace.ShouldNotContain(line => line.StartsWith("node_start", StringComparison.Ordinal) && line != "node_start one");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_InASectionThatGoesOnWithoutItsFailedBranches_IsNoSuccess(bool failFast)
    {
        var ran = await RunAsync($$"""
            name: stop
            nodes:
              - {name: one, run: "return {}"}
              - {name: after, run: "return {}"}
              - {name: slow, run: "sleep(0.05) return {slow = 1}"}
              - {name: join, run: "return {}"}
            edges:
              - {from: __start__, to: [slow, one], fan_in: join, fail_fast: {{(failFast ? "true" : "false")}}}
              - {from: one, to: after}
            """);
        ran.Result.Phase.ShouldBe(ExecutionPhase.Cancelled);
        ran.Result.Reason.ShouldBe("Stopped");
        ran.Trace.ShouldContain("node_complete slow @slow", "what runs ends by itself");
        ran.Trace.ShouldNotContain("node_start join");
    }

    [Fact]
    public async Task Stop_InALoop_StartsNoOtherNodeOfIt()
    {
        var ran = await RunAsync("""
            name: stop
            nodes:
              - name: turns
                type: while_loop
                condition: "true"
                max_iterations: 100
                body: [{name: turn, run: "return {}"}, {name: next, run: "return {}"}]
            """);
        ran.Result.Reason.ShouldBe("Stopped");
        ran.Result.Nodes.Count(n => n.Name == "turn").ShouldBeLessThanOrEqualTo(1);
        ran.Node("turns").Status.ShouldBe(NodeStatus.Cancelled);
    }

    [Fact]
    public async Task Stop_InADependencyGraph_SkipsLaterGroups()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var ran = await new LocalRun { SoftStop = stop.Token }.RunAsync("""
            {"name": "stop", "nodes": [
              {"id": "a", "type": "custom_code", "config": {"code": "return 1"}, "on_error": {"mode": "graceful"}},
              {"id": "b", "type": "custom_code", "config": {"code": "return 2"}, "depends_on": ["a"]}]}
            """);
        ran.Result.Phase.ShouldBe(ExecutionPhase.Cancelled);
        ran.Node("b").Status.ShouldBe(NodeStatus.Skipped);
        ran.Trace.ShouldBe(["start", "finish"]);
    }

    private static async Task<Ran> RunAsync(string document)
    {
        using var stop = new CancellationTokenSource();
        return await new LocalRun
        {
            SoftStop = stop.Token,
            Parts = EngineParts.Sound with
            {
                VisitOf = run => async (branch, node) =>
                {
                    var visit = new NodeRunner(run).RunAsync(branch, node);
                    if (node.Name is "one" or "turns") await stop.CancelAsync();
                    return await visit;
                },
            },
        }.RunAsync(document);
    }
}
