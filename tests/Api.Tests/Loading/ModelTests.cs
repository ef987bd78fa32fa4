using Bulkhead.Api.Loading;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Tests.Loading;

/// <summary>What the whole language becomes in the model, whether or not the engine can run it yet.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Read_NodeSettings_AreInTheModel()
    {
        var node = Read("""
            nodes:
              - name: a
                run: return 1
                retry: {max_retries: 3, base_delay_ms: 250, max_delay: 2s, backoff_multiplier: 1.5, jitter: true, retry_on: [SqlError]}
                on_error: {mode: graceful, fallback: b}
                timeout: 1m30s
                interrupt: after
              - {name: b, run: return 2}
            """).Nodes[0];

        var retry = node.Retry.ShouldNotBeNull();
        (retry.MaxRetries, retry.BaseDelay, retry.MaxDelay, retry.BackoffMultiplier, retry.Jitter).ShouldBe((3, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2), 1.5, true));
        retry.RetryOn.ShouldBe(["SqlError"]);
        (node.OnError, node.Fallback, node.Timeout, node.Interrupt).ShouldBe((OnError.Graceful, "b", TimeSpan.FromSeconds(90), Interrupt.After));
    }

    [Fact]
    public void Read_Loop_HasItsBody()
    {
        var loop = Read("""
            nodes:
              - name: loop
                type: while_loop
                condition: "state.i < 5"
                max_iterations: 10
                body:
                  - {name: step, run: "return {i = state.i + 1}"}
                  - {name: read, type: sql, connection: db, query: select 1}
            """).Nodes[0].Work.ShouldBeOfType<LoopWork>();

        (loop.Condition, loop.MaxIterations).ShouldBe(("state.i < 5", 10));
        loop.Body.Select(n => (n.Name, n.Path)).ShouldBe([("step", "nodes[0].body[0]"), ("read", "nodes[0].body[1]")]);
    }

    [Fact]
    public void Read_FanOut_InItsThreeForms_HasItsBranch()
    {
        var workflow = Read("""
            nodes:
              - {name: s, type: dynamic_parallel, items: state.list, item_var: row, max_concurrency: 4, fail_fast: true, timeout: 5m, steps: [{name: s1, run: x}], fan_in: join}
              - {name: t, type: dynamic_parallel, items: state.list, action: http.get, with: {url: "{{ state.item }}"}}
              - {name: u, type: dynamic_parallel, items: state.list, action: {uses: sleep, with: {seconds: 1}, output: slept}}
              - {name: v, type: dynamic_parallel, items: state.list, subgraph: {nodes: [{name: s1, run: x}]}}
              - {name: join, run: x}
            """);

        var steps = workflow.Nodes[0].Work.ShouldBeOfType<FanOutWork>();
        (steps.Items, steps.ItemVariable, steps.IndexVariable, steps.MaxConcurrency, steps.FanIn).ShouldBe(("state.list", "row", "index", 4, "join"));
        (steps.Settings.FailFast, steps.Settings.Timeout, workflow.Nodes[0].Timeout).ShouldBe((true, TimeSpan.FromMinutes(5), null));
        workflow.Transitions["s"].ShouldHaveSingleItem().To.ShouldBe("join");
        var action = workflow.Nodes[1].Work.ShouldBeOfType<FanOutWork>().Steps.ShouldHaveSingleItem();
        (action.Name, action.Type, action.Work.ShouldBeOfType<ActionWork>().With.GetRawText()).ShouldBe(("t.action", "http.get", """{"url":"{{ state.item }}"}"""));
        workflow.Nodes[2].Work.ShouldBeOfType<FanOutWork>().Steps[0].Output.ShouldBe("slept");
        workflow.Nodes[3].Work.ShouldBeOfType<FanOutWork>().Subgraph!.Transitions["s1"][0].To.ShouldBe("__end__");
        workflow.AllNodes().Count().ShouldBe(9);
    }

    [Fact]
    public void Read_SectionSettings_StandOverThoseOfTheWorkflow()
    {
        var workflow = Read("""
            settings: {max_iterations: 50, parallel: {max_workers: 8, lua_timeout: 5, fail_fast: true}}
            nodes: [{name: a, run: x}, {name: b, run: x}, {name: j, run: x}]
            edges:
              - {from: __start__, parallel: [a, b], fan_in: j, timeout: 1m, lua_timeout: 250ms, retry_policy: {max_retries: 2, base_delay: 0.5}, circuit_breaker: {failure_threshold: 2}}
            """);

        (workflow.Settings.MaxIterations, workflow.Settings.MaxWorkers, workflow.Settings.Parallel.LuaTimeout).ShouldBe((50, 8, TimeSpan.FromSeconds(5)));
        var settings = workflow.Transitions["__start__"][0].Parallel!.Settings;
        (settings.Timeout, settings.LuaTimeout, settings.FailFast).ShouldBe((TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(250), true));
        (settings.RetryPolicy!.BaseDelay, settings.CircuitBreaker!.FailureThreshold, settings.CircuitBreaker.HalfOpenMaxCalls).ShouldBe((TimeSpan.FromMilliseconds(500), 2, 3));
    }

    [Theory]
    [InlineData("{from: a, to: b, when: \"state.x\"}", "b if state.x")]
    [InlineData("{from: a, to: b, when: true}", "b")]
    [InlineData("{from: a, to: b, when: false}", "b if false")]
    [InlineData("{from: a, to: b, condition: {type: expression, value: \"state.x\"}, when: true}", "b if state.x")]
    [InlineData("{from: a, to: b, condition: state.x, when: false}", "b if not (state.x)")]
    [InlineData("{from: a, to: b, condition: state.x, when: ready}", "b if state.x is 'ready'")]
    [InlineData("{from: a, when: state.x, targets: {\"true\": b, \"false\": __end__}}", "b if state.x|__end__ if not (state.x)")]
    public void Read_ConditionSpelling_GivesCondition(string edge, string expected)
    {
        var rules = Read($"nodes: [{{name: a, run: x}}, {{name: b, run: x}}]\nedges: [{edge}]\n").Transitions["a"];

        string.Join('|', rules.Select(r => r.To + (r.When is null ? "" : $" if {r.When}"))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a1, a2, b1, b2, join", "{from: __start__, parallel: [a1, b1], fan_in: join}", "a2 -> join|b2 -> join", "the end of a branch leads to the fan-in, never into a sibling")]
    [InlineData("join, a1, b1", "{from: __start__, parallel: [a1, b1], fan_in: join}", "a1 -> join|b1 -> join", "also where the fan-in stands first")]
    [InlineData("a1, b1", "{from: __start__, parallel: [a1, b1]}", "a1 -> __end__|b1 -> __end__", "without anything after them the branches join at the end")]
    [InlineData("a1, b1, x, y", "{from: __start__, parallel: [a1, b1]}", "a1 -> x|b1 -> x|x -> y", "one node for each branch: what follows the last is the fan-in")]
    public void Read_OpenBranches_LeadToTheFanIn(string names, string edge, string expected, string because)
    {
        var nodes = string.Join(", ", names.Split(", ").Select(n => $"{{name: {n}, run: x}}"));
        var rules = Loaded.Rules(Read($"nodes: [{nodes}]\nedges: [{edge}]\n"));

        foreach (var rule in expected.Split('|')) rules.ShouldContain(rule, because);
    }

    [Fact]
    public void Read_LongBranchesWithoutFanIn_AskForIt() =>
        Loaded.Faults("nodes: [{name: a1, run: x}, {name: a2, run: x}, {name: b1, run: x}, {name: b2, run: x}, {name: join, run: x}]\nedges: [{from: __start__, parallel: [a1, b1]}]")
            .ShouldBe(["FAN_IN_MISSING edges[0]:2 where do the branches join? Name the node with 'fan_in'"]);

    [Fact]
    public void Read_MarkedFanIn_IsFound() =>
        Loaded.Rules(Read("nodes: [{name: a1, run: x}, {name: a2, run: x}, {name: b1, run: x}, {name: b2, run: x}, {name: join, run: x, fan_in: true}]\nedges: [{from: __start__, parallel: [a1, b1]}]"))
            .ShouldContain("__start__ -> [a1, b1] => join");

    [Fact]
    public void Read_NestedSections_JoinInside() =>
        Loaded.Rules(Read("""
            nodes: [{name: a, run: x}, {name: a1, run: x}, {name: a2, run: x}, {name: inner, run: x}, {name: b, run: x}, {name: outer, run: x}]
            edges:
              - {from: __start__, parallel: [a, b], fan_in: outer}
              - {from: a, parallel: [a1, a2], fan_in: inner}
            """)).Order().ShouldBe(
            ["__start__ -> [a, b] => outer", "a -> [a1, a2] => inner", "a1 -> inner", "a2 -> inner", "b -> outer", "inner -> outer", "outer -> __end__"]);

    private static Workflow Read(string text)
    {
        var findings = new Findings();
        var workflow = WorkflowReader.Read(SourceText.Read(text).Documents[0], findings);
        findings.Faults.ToList().Select(Loaded.Line).ShouldBeEmpty();
        return workflow.ShouldNotBeNull();
    }
}
