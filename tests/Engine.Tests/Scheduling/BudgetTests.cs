using Bulkhead.Api.Contract;
using Bulkhead.Engine.Tests.Actions.Web;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

/// <summary>What nodes use is counted, shown and, where the document has a budget, bounded.</summary>
public sealed class BudgetTests
{
    private const string CostError = "COST_ERROR";
    private const string Prices = """{"small": {"input": 1000, "output": 10000}}""";

    private const string Answer = """
        {"model": "small", "choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 12, "completion_tokens": 3}}
        """;

    [Fact]
    public async Task Usage_OfEachNode_StandsInTheResult()
    {
        await using var server = Model();
        var ran = await WebRuns.Over(server.Url, prices: Prices).RunAsync("""
            name: usage
            nodes:
              - {name: plain, run: "return {}"}
              - {name: hashes, run: "for i = 1, 3 do hash.sha256('x') end"}
              - {name: ask, type: llm_call, connection: api, model: small, prompt: Hi}
              - {name: get, type: http, connection: api, path: /things}
            """);
        ran.Succeeded().Node("plain").Usage.ShouldBeNull();
        ran.Node("hashes").Usage.ShouldBe(new NodeUsage { HostCalls = 3 });
        var asked = ran.Node("ask").Usage.ShouldNotBeNull();
        (asked.HostCalls, asked.InputTokens, asked.OutputTokens, asked.Cost).ShouldBe((1, 12, 3, 0.042));
        var got = ran.Node("get").Usage.ShouldNotBeNull();
        got.Bytes.ShouldBeGreaterThanOrEqualTo(Answer.Trim().Length - 20);
        ran.Result.Usage.ShouldBe(new NodeUsage { HostCalls = 5, InputTokens = 12, OutputTokens = 3, Cost = 0.042, Bytes = asked.Bytes + got.Bytes });
    }

    [Fact]
    public async Task Script_CatchesTheError_NodeFailsAllTheSame()
    {
        var ran = await LocalRun.Of("""
            name: caught
            settings: {budget: {host_calls: 3}}
            nodes:
              - name: greedy
                retry: {max_retries: 3, base_delay_ms: 1}
                run: |
                  local done = 0
                  for i = 1, 10 do if pcall(hash.sha256, "x") then done = done + 1 end end
                  return {done = done}
            """);
        ran.Failed("The budget of 3 host calls is exceeded: 4 were used.", CostError);
        ran.Result.Reason.ShouldBe("BudgetExceeded");
        ran.Node("greedy").RetryCount.ShouldBe(0, "more of the same cannot help");
        ran.Node("greedy").Usage.ShouldBe(new NodeUsage { HostCalls = 4 }, "a refused call is not counted, but for the first");
        ran.State.TryGetProperty("done", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("tokens: 15", "The budget of 15 tokens is used up.", 1, "no token is left")]
    [InlineData("tokens: 14", "The budget of 14 tokens is exceeded: 15 were used.", 1, "the answer itself exceeds it")]
    [InlineData("tokens: 16", "The budget of 16 tokens is exceeded: 30 were used.", 2, "the second answer exceeds it")]
    [InlineData("cost: 0.042", "The budget of 0.042 in cost is used up.", 1, "no money is left")]
    [InlineData("cost: 0.05", "The budget of 0.05 in cost is exceeded: 0.084 was used.", 2, "the second answer exceeds it")]
    [InlineData("bytes: 10", "The budget of 10 bytes is exceeded:", 1, "the answer is longer")]
    public async Task Models_AskedTwice_StayWithinTheBudget(string budget, string message, int requests, string because)
    {
        await using var server = Model();
        var ran = await WebRuns.Over(server.Url, prices: Prices).RunAsync($$$"""
            name: twice
            settings: {budget: { {{{budget}}} }}
            nodes:
              - {name: first, type: llm_call, connection: api, model: small, prompt: Hi}
              - {name: second, type: llm_call, connection: api, model: small, prompt: Hi}
            """);
        ran.Failed(message, CostError);
        server.Asked.Count.ShouldBe(requests, because);
    }

    [Fact]
    public async Task Branches_ShareOneBudget_AndGoOnWithoutIt()
    {
        var ran = await LocalRun.Of("""
            name: shared
            settings: {budget: {host_calls: 4}, parallel: {max_workers: 1}}
            nodes:
              - {name: a, run: "for i = 1, 3 do hash.sha256('x') end return {done = true}"}
              - {name: b, run: "for i = 1, 3 do hash.sha256('x') end return {done = true}"}
              - {name: join, run: "return {failed = (state.parallel_results[1].success and 0 or 1) + (state.parallel_results[2].success and 0 or 1)}"}
            edges: [{from: __start__, to: [a, b], fan_in: join}]
            """);
        ran.Succeeded()["failed"].GetInt32().ShouldBeGreaterThan(0);
        ran.ParallelResults.Where(r => !r.GetProperty("success").GetBoolean()).ShouldAllBe(r => r.GetProperty("error_type").GetString() == CostError);
    }

    [Fact]
    public async Task Finally_AfterTheBudgetIsSpent_StillRuns()
    {
        var ran = await LocalRun.Of("""
            name: tidy
            settings: {budget: {host_calls: 0}}
            nodes: [{name: work, run: "hash.sha256('x')"}]
            finally: [{name: tidy, run: "return {tidied = #hash.sha256('x')}"}]
            """);
        ran.Failed("The budget of 0 host calls is exceeded: 1 were used.", CostError);
        ran["tidied"].GetInt32().ShouldBe(64);
        ran.Result.Usage.ShouldBe(new NodeUsage { HostCalls = 2 });
    }

    private static LocalServer Model() => new((context, _) => LocalServer.WriteAsync(context, 200, Answer));
}
