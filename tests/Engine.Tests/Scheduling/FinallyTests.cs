using Bulkhead.Api.Contract;
using Bulkhead.Engine.Nodes;
using Bulkhead.Testing;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

public sealed class FinallyTests
{
    [Fact]
    public async Task Finally_AfterSuccess_SeesTheFinalState()
    {
        var ran = await LocalRun.Of(Document("return {v = 1}"));
        ran.Succeeded()["tidied"].GetInt32().ShouldBe(1);
        ran.Trace.ShouldBe(["start", "node_start work", "node_complete work", "node_start tidy", "node_complete tidy", "finish"]);
    }

    [Fact]
    public async Task Finally_AfterAFailure_RunsAndSeesTheError()
    {
        var ran = await LocalRun.Of(Document("error('broken')"));
        ran.Failed("broken", NodeFailure.LuaError);
        ran["saw"].GetString().ShouldBe(NodeFailure.LuaError);
    }

    [Fact]
    public async Task Finally_AfterATimeout_HasTimeOfItsOwn()
    {
        var ran = await new LocalRun { Change = job => job with { TimeoutMs = 100 } }.RunAsync(Document("sleep(3600)"));
        ran.Result.Reason.ShouldBe("TimedOut");
        ran["saw"].GetString().ShouldBe(NodeFailure.TimeoutError);
    }

    [Fact]
    public async Task Finally_AfterMaxIterations_HasVisitsOfItsOwn()
    {
        var ran = await LocalRun.Of("""
            name: guard
            settings: {max_iterations: 2}
            nodes: [{name: a, run: "return {}", goto: a}]
            finally: [{name: tidy, run: "return {tidied = true}"}]
            """);
        ran["tidied"].GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Finally_Fails_FailsTheExecutionButKeepsAnEarlierFailure()
    {
        var own = await LocalRun.Of("""{"name": "f", "nodes": [{"name": "a", "run": "return {}"}], "finally": [{"name": "tidy", "run": "error('untidy')"}]}""");
        own.Failed("untidy", NodeFailure.LuaError);
        own.Result.Reason.ShouldBe("FinallyFailed");

        var earlier = await LocalRun.Of("""{"name": "f", "nodes": [{"name": "a", "run": "error('first')"}], "finally": [{"name": "tidy", "run": "error('untidy')"}]}""");
        earlier.Result.Message.ShouldNotBeNull().ShouldContain("first");
        earlier.Result.Reason.ShouldBe("NodeFailed");
    }

    [Fact]
    public async Task Finally_AfterCancellation_DoesNotRun()
    {
        using var cancel = new CancellationTokenSource();
        var run = new LocalRun();
        var running = run.RunAsync(Document("sleep(3600)"), cancel.Token);
        await Eventually.IsTrueAsync(() => run.Events.Any(e => e.Type == "node_start"), "the nodes start");
        await cancel.CancelAsync();
        var ran = await running;
        ran.Result.Phase.ShouldBe(ExecutionPhase.Cancelled);
        ran.Trace.ShouldNotContain("node_start tidy");
    }

    private static string Document(string lua) => $$"""
        name: finally
        nodes: [{name: work, run: "{{lua}}"}]
        finally: [{name: tidy, run: "return {tidied = state.v, saw = state.error_type}"}]
        """;
}
