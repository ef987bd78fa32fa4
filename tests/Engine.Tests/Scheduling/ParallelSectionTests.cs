using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;
using Bulkhead.Testing.Time;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Engine.Tests.Scheduling;

public sealed class ParallelSectionTests
{
    [Fact]
    public async Task Section_Events_StandInOrder()
    {
        var ran = await LocalRun.Of(Fork(("a", "return {v = 1}"), ("b", "error('x')")));
        var trace = ran.Succeeded().Trace;
        trace[0].ShouldBe("start");
        trace[1].ShouldBe("parallel_start");
        trace.Skip(2).Take(trace.Count - 6).Order(StringComparer.Ordinal).ShouldBe(
        [
            "branch_complete @a", "branch_complete @b", "branch_start @a", "branch_start @b",
            "node_complete a @a", "node_error b @b", "node_start a @a", "node_start b @b",
        ]);
        trace.Where(line => line.EndsWith("@a", StringComparison.Ordinal)).ShouldBe(["branch_start @a", "node_start a @a", "node_complete a @a", "branch_complete @a"]);
        trace.TakeLast(4).ShouldBe(["parallel_complete", "node_start join", "node_complete join", "finish"]);
    }

    [Fact]
    public async Task Result_OfABranch_HasAllFields()
    {
        var ran = await LocalRun.Of(Fork(("a", "return {v = 1}")));
        ran.ParallelResults[0].EnumerateObject().Select(p => p.Name)
            .ShouldBe(["branch", "success", "state", "error", "error_type", "timeout", "timing_ms", "retry_count", "circuit_state"]);
    }

    [Fact]
    public async Task FailFast_OneFails_CancelsTheRestAndJoins()
    {
        var ran = await LocalRun.Of("""
            name: fail-fast
            nodes:
              - {name: bad, run: "error('first')"}
              - {name: slow, run: "sleep(3600)"}
              - {name: busy, run: "while true do end"}
              - {name: join, run: "return {joined = #state.parallel_results}"}
            edges: [{from: __start__, to: [bad, slow, busy], fan_in: join, fail_fast: true, lua_timeout: 1h}]
            """);
        ran.Succeeded()["joined"].GetInt32().ShouldBe(3);
        ran.Branch("slow").GetProperty("error_type").GetString().ShouldBe(NodeFailure.Cancelled);
        ran.Branch("busy").GetProperty("error").GetString().ShouldBe("Branch 'bad' failed and fail_fast is set.");
    }

    [Fact]
    public async Task SectionTimeout_Passes_EndsBranchesAndJoins()
    {
        var ran = await LocalRun.Of("""
            name: section-time
            nodes:
              - {name: quick, run: "return {v = 1}"}
              - {name: slow, retry: {max_retries: 5, base_delay_ms: 1}, run: "sleep(3600)"}
              - {name: join, run: "return {joined = true}"}
            edges: [{from: __start__, to: [quick, slow], fan_in: join, timeout: 300ms, lua_timeout: 1h, retry_policy: {max_retries: 5, base_delay: 1ms}}]
            """);
        ran.Succeeded()["joined"].GetBoolean().ShouldBeTrue();
        ran.Branch("quick").GetProperty("success").GetBoolean().ShouldBeTrue();
        ran.Branch("slow").GetProperty("timeout").GetBoolean().ShouldBeTrue();
        ran.Branch("slow").GetProperty("error").GetString().ShouldBe("The parallel section's time-out of 0.3 s has passed.");
        ran.Branch("slow").GetProperty("retry_count").GetInt32().ShouldBe(0, "the section's time is over for retries too");
    }

    [Fact]
    public async Task NestedSection_InABranch_JoinsInside()
    {
        var ran = await LocalRun.Of("""
            name: nested
            nodes:
              - {name: outer, run: "return {o = 1}"}
              - {name: other, run: "return {p = 1}"}
              - {name: in1, run: "return {i = 1}"}
              - {name: in2, run: "return {i = 2}"}
              - {name: inner_join, run: "return {inner = #state.parallel_results, parallel_results = null}"}
              - {name: join, run: "return {inner = state.parallel_results[1].state.inner}"}
            edges:
              - {from: __start__, to: [outer, other], fan_in: join}
              - {from: outer, to: [in1, in2], fan_in: inner_join}
              - {from: inner_join, to: join}
            """);
        ran.Succeeded()["inner"].GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task CircuitBreaker_InALoopOfSections_Opens()
    {
        var ran = await LocalRun.Of("""
            name: breaker
            initial_state: {round: 0, seen: []}
            nodes:
              - {name: fork, run: "return {round = state.round + 1}"}
              - {name: bad, run: "error('down')"}
              - {name: good, run: "return {}"}
              - name: join
                run: |
                  local r = state.parallel_results[1]
                  table.insert(state.seen, r.error:match("down") or r.error)
                  return {seen = state.seen, circuit = r.circuit_state, other = state.parallel_results[2].circuit_state}
                goto: [{if: "state.round < 4", to: fork}, {to: __end__}]
            edges: [{from: fork, to: [bad, good], fan_in: join, circuit_breaker: {failure_threshold: 2, reset_timeout: 3600}}]
            """);
        ran.Succeeded()["seen"].GetRawText().ShouldBe("""["down","down","Circuit breaker open","Circuit breaker open"]""");
        ran["circuit"].GetString().ShouldBe("open");
        ran["other"].GetString().ShouldBe("closed");
    }

    [Fact]
    public void CircuitBreaker_States_FollowTheDiagram()
    {
        var clock = new ManualClock();
        var breaker = new CircuitBreaker(new CircuitBreakerSettings { FailureThreshold = 2, ResetTimeout = TimeSpan.FromSeconds(60), HalfOpenMaxCalls = 1 }, clock);
        breaker.TryEnter().ShouldBeTrue();
        breaker.Record(success: false);
        breaker.State.ShouldBe("closed");
        breaker.Record(success: false);
        breaker.State.ShouldBe("open");
        breaker.TryEnter().ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(60));
        breaker.State.ShouldBe("half_open");
        breaker.TryEnter().ShouldBeTrue();
        breaker.TryEnter().ShouldBeFalse("one call at most");
        breaker.Leave();
        breaker.TryEnter().ShouldBeTrue("a cancelled call gives its place back");
        breaker.Record(success: false);
        breaker.State.ShouldBe("open");

        clock.Advance(TimeSpan.FromSeconds(60));
        breaker.TryEnter().ShouldBeTrue();
        breaker.Record(success: true);
        breaker.State.ShouldBe("closed");
    }

    [Fact]
    public async Task Execution_CancelledInASection_NoFanInRuns()
    {
        using var cancel = new CancellationTokenSource();
        var run = new LocalRun();
        var running = run.RunAsync(Fork(("a", "sleep(3600)"), ("b", "while true do end")), cancel.Token);
        await Eventually.IsTrueAsync(() => run.Events.Count(e => e.Type == "node_start") == 2, "the nodes start");
        await cancel.CancelAsync();

        var ran = await running.WaitAsync(TimeSpan.FromSeconds(20));
        ran.Result.Phase.ShouldBe(Api.Contract.ExecutionPhase.Cancelled);
        ran.Trace.ShouldNotContain("node_start join");
    }

    [Fact]
    public async Task Execution_TimesOut_EndsAsFailedWithTimedOut()
    {
        var ran = await new LocalRun { Change = job => job with { TimeoutMs = 200 } }.RunAsync(Fork(("a", "sleep(3600)"), ("b", "while true do end")));
        ran.Failed("The execution's time of 0.2 s has passed.", NodeFailure.TimeoutError);
        ran.Result.Reason.ShouldBe("TimedOut");
    }

    [Fact]
    public async Task Section_InALoop_ResultsDoNotMultiply()
    {
        var ran = await LocalRun.Of("""
            name: loop
            nodes:
              - {name: a, run: "return {v = 1}"}
              - {name: b, run: "return {v = 2}"}
              - {name: join, run: "return {turn = (state.turn or 0) + 1}"}
            edges:
              - {from: __start__, parallel: [a, b], fan_in: join}
              - {from: join, when: "state.turn < 30", parallel: [a, b], fan_in: join}
              - {from: join, to: __end__}
            """);

        ran.Result.Phase.ShouldBe(Api.Contract.ExecutionPhase.Succeeded, ran.Result.Message);
        ran.Result.State!.Value.GetRawText().Length.ShouldBeLessThan(2_000, "each turn would double it");
    }
}
