using Bulkhead.Api.Contract;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Scheduling;

public sealed class InterruptTests
{
    private const string Before = """
        name: ask
        nodes:
          - {name: draft, run: "return {text = 'draft'}"}
          - {name: publish, interrupt: before, run: "return {text = state.text .. ' by ' .. state.approver}"}
          - {name: done, run: "return {done = true}"}
        finally:
          - {name: tidy, run: "events.emit('tidied')"}
        """;

    private const string After = """
        name: ask
        nodes:
          - name: draft
            interrupt: after
            run: "return {drafts = (state.drafts or 0) + 1}"
            goto: [{if: "state.verdict == 'again'", to: draft}, {if: "state.verdict == 'good'", to: done}]
          - {name: done, run: "return {done = true}"}
        """;

    [Fact]
    public async Task Before_Suspends_ThenRunsTheNodeWithNewInput()
    {
        var paused = await LocalRun.Of(Before);
        paused.Result.Phase.ShouldBe(ExecutionPhase.Suspended);
        paused.Result.Reason.ShouldBe("Interrupted");
        paused.Trace.ShouldBe(["start", "node_start draft", "node_complete draft", "interrupt publish", "finish"]);
        paused.Events.ShouldNotContain(e => e.Type == "custom", "a suspended execution has not ended");

        var resumed = await ResumeAsync(Before, paused, """{"approver": "Ann"}""");
        resumed.Succeeded()["text"].GetString().ShouldBe("draft by Ann");
        resumed["done"].GetBoolean().ShouldBeTrue();
        resumed.Trace.ShouldNotContain("node_start draft", "what has run is not run again");
    }

    [Fact]
    public async Task After_Suspends_ThenChoosesTheNextNodeOnNewInput()
    {
        var paused = await LocalRun.Of(After);
        paused.Result.Phase.ShouldBe(ExecutionPhase.Suspended, "the rules are asked after the pause, not before it");
        paused.Result.Checkpoint.ShouldNotBeNull().After.ShouldBeTrue();

        var again = await ResumeAsync(After, paused, """{"verdict": "again"}""");
        again.Result.Phase.ShouldBe(ExecutionPhase.Suspended);
        again["drafts"].GetInt32().ShouldBe(2);

        var good = await ResumeAsync(After, again, """{"verdict": "good"}""");
        good.Succeeded()["drafts"].GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Checkpoint_IsBoundToTenantUserAndDocument()
    {
        var paused = await LocalRun.Of(Before);
        var job = paused.Job with { Resume = paused.Result.Checkpoint };
        Checkpoints.Check(job).ShouldBeEmpty();
        Codes(job with { TenantId = "other" }).ShouldBe(["CHECKPOINT_TENANT"]);
        Codes(job with { UserId = "mallory" }).ShouldBe(["CHECKPOINT_USER"]);
        Codes(job with { Workflow = System.Text.Json.JsonElement.Parse("{}") }).ShouldBe(["CHECKPOINT_DOCUMENT"]);
        Codes(job with { Resume = job.Resume! with { Version = 2 } }).ShouldBe(["CHECKPOINT_VERSION"]);
    }

    [Theory]
    [InlineData("""
        name: refused
        nodes:
          - {name: a, interrupt: before, run: "return {}"}
          - {name: b, run: "return {}"}
          - {name: join, run: "return {}"}
        edges: [{from: __start__, to: [a, b], fan_in: join}]
        """, "in a branch")]
    [InlineData("""
        name: refused
        initial_state: {l: [1]}
        nodes:
          - name: each
            type: dynamic_parallel
            items: state.l
            subgraph: {nodes: [{name: a, interrupt: after, run: "return {}"}]}
        """, "in a subgraph")]
    public void Interrupt_InsideAParallelSection_IsRefusedAtLoadTime(string document, string because) =>
        Api.Loading.WorkflowLoader.Load(document).Problems.Select(p => p.Code).ShouldBe(["INTERRUPT_IN_PARALLEL"], because);

    private static IEnumerable<string> Codes(Job job) => Checkpoints.Check(job).Select(p => p.Code);

    private static Task<Ran> ResumeAsync(string document, Ran paused, string inputs) =>
        new LocalRun { Inputs = inputs, Change = job => job with { Resume = paused.Result.Checkpoint } }.RunAsync(document);
}
