using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

public sealed class RetryTests
{
    /// <summary>Fails until the execution's cache says that it was the third try.</summary>
    private const string ThirdTimeLucky = "local n = (cache.get('n') or 0) + 1; cache.set('n', n); if n < 3 then error('try ' .. n) end return {tries = n}";

    [Fact]
    public async Task Node_FailsTwice_SucceedsAtTheThirdTry()
    {
        var ran = await LocalRun.Of($$"""
            name: retry
            nodes:
              - {name: flaky, retry: {max_retries: 3, base_delay_ms: 1}, run: "{{ThirdTimeLucky}}"}
            """);

        ran.Succeeded()["tries"].GetInt32().ShouldBe(3);
        ran.Node("flaky").RetryCount.ShouldBe(2);
        ran.Trace.ShouldBe(["start", "node_start flaky", "node_retry flaky", "node_retry flaky", "node_complete flaky", "finish"]);
    }

    [Fact]
    public async Task Node_NeverSucceeds_FailsWithTheLastError()
    {
        var ran = await LocalRun.Of("""
            name: retry
            nodes:
              - {name: bad, retry: {max_retries: 2, base_delay_ms: 1}, run: "cache.set('n', (cache.get('n') or 0) + 1) error('no ' .. cache.get('n'))"}
            """);

        ran.Failed("no 3", NodeFailure.LuaError);
        ran.Node("bad").RetryCount.ShouldBe(2);
    }

    [Theory]
    [InlineData("[TimeoutError]", 0, "another error type is not retried")]
    [InlineData("[LuaError, TimeoutError]", 2, "a listed error type is")]
    [InlineData("[]", 2, "an empty list means every type")]
    public async Task Node_RetryOn_RetriesListedTypesOnly(string retryOn, int retries, string because)
    {
        var ran = await LocalRun.Of($$"""
            name: retry
            nodes:
              - {name: bad, retry: {max_retries: 2, base_delay_ms: 1, retry_on: {{retryOn}}}, run: "error('no')"}
            """);
        ran.Node("bad").RetryCount.ShouldBe(retries, because);
    }

    [Fact]
    public async Task Node_ArgumentIsWrong_IsNotRetried()
    {
        var ran = await LocalRun.Of("""
            name: retry
            nodes:
              - {name: bad, retry: {max_retries: 5, base_delay_ms: 1}, uses: sleep, with: {seconds: -1}}
            """);
        ran.Failed("sleep", NodeFailure.ActionError);
        ran.Node("bad").RetryCount.ShouldBe(0);
    }

    [Fact]
    public async Task Loop_Retried_StartsFromItsOwnState()
    {
        var ran = await LocalRun.Of("""
            name: retry
            initial_state: {i: 0}
            nodes:
              - name: loop
                type: while_loop
                condition: state.i < 3
                max_iterations: 5
                retry: {max_retries: 1, base_delay_ms: 1}
                body:
                  - {name: step, run: "if state.i == 2 and not cache.get('failed') then cache.set('failed', true) error('once') end return {i = state.i + 1, visits = (state.visits or 0) + 1}"}
            """);
        ran.Succeeded()["visits"].GetInt32().ShouldBe(3, "what the failed try left in state is gone");
    }

    [Fact]
    public async Task Branch_Retried_RunsFromItsFirstNodeWithAFreshVm()
    {
        var ran = await LocalRun.Of("""
            name: retry
            initial_state: {base: 1}
            nodes:
              - {name: first, run: "seen = (seen or 0) + 1 return {seen = seen, base = state.base + 1}"}
              - {name: second, run: "local n = (cache.get('n') or 0) + 1 cache.set('n', n) if n < 3 then error('again') end return {tries = n}"}
              - {name: calm, run: "cache.set('calm', (cache.get('calm') or 0) + 1)"}
              - {name: join, run: "return {calm = cache.get('calm')}"}
            edges:
              - {from: __start__, to: [first, calm], fan_in: join, retry_policy: {max_retries: 4, base_delay: 1ms}}
              - {from: first, to: second}
            """);

        var branch = ran.Succeeded().Branch("first");
        branch.GetProperty("success").GetBoolean().ShouldBeTrue();
        branch.GetProperty("retry_count").GetInt32().ShouldBe(2);
        branch.GetProperty("state").GetRawText().ShouldBe("""{"base":2,"seen":1,"tries":3}""", "fresh VM, fresh state");
        ran["calm"].GetInt32().ShouldBe(1, "nothing outside the branch is repeated");
        ran.Branch("calm").GetProperty("retry_count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Delay_ExecutionIsCancelled_EndsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        var run = new LocalRun();
        var running = run.RunAsync("""
            name: retry
            nodes:
              - {name: bad, retry: {max_retries: 5, base_delay: 1h, max_delay: 1h}, run: "error('no')"}
            """, cancel.Token);
        await Eventually.IsTrueAsync(() => run.Events.Any(e => e.Type == "node_start"), "the nodes start");
        await cancel.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(20))).Result.Phase.ShouldBe(Api.Contract.ExecutionPhase.Cancelled);
    }

    [Theory]
    [InlineData(0, 100, "the base delay")]
    [InlineData(1, 200, "times the multiplier")]
    [InlineData(3, 800, "to the power of the retry")]
    [InlineData(9, 5000, "at most the longest delay")]
    public void Delay_WithoutJitter_Grows(int retry, double milliseconds, string because) =>
        Retrying.Delay(new RetryPolicy { MaxRetries = 10 }, retry, random: 0.9).TotalMilliseconds.ShouldBe(milliseconds, because);

    [Fact]
    public void Delay_WithJitter_LosesUpToHalf()
    {
        var policy = new RetryPolicy { MaxRetries = 1, Jitter = true };
        Retrying.Delay(policy, 0, random: 0).TotalMilliseconds.ShouldBe(100);
        Retrying.Delay(policy, 0, random: 1).TotalMilliseconds.ShouldBe(50);
    }

    [Fact]
    public void IsRetried_AbandonedOrCancelled_IsFalse()
    {
        var policy = new RetryPolicy { MaxRetries = 1 };
        Retrying.IsRetried(policy, new NodeFailure(NodeFailure.LuaError, "x")).ShouldBeTrue();
        Retrying.IsRetried(policy, new NodeFailure(NodeFailure.TimeoutError, "x") { Abandoned = true }).ShouldBeFalse("its script still runs");
        Retrying.IsRetried(policy, new NodeFailure(NodeFailure.Cancelled, "x")).ShouldBeFalse();
        Retrying.IsRetried(policy, failure: null).ShouldBeFalse();
    }
}
