using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Testing;
using Bulkhead.Testing.Time;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Events;

public class UserEventEmitterTests
{
    private readonly UserExecutionContext _context = Context();

    [Fact]
    public async Task Emit_AWholeRun_BecomesTheFiveKindsInOrder()
    {
        var bridge = new RecordingBridge();
        await using (var emitter = Emitter(bridge))
        {
            emitter.Emit(Source("worker_started", fields: """{"pid": 7}"""));
            emitter.Emit(Source("start", fields: """{"workflow": "report"}"""));
            emitter.Emit(Source("node_start", "load", """{"node_type": "sql"}"""));
            emitter.Emit(Source("tool_executing", "load", """{"tool": "database:5", "parameters": {"sql": "select 1", "password": "hunter2"}}"""));
            emitter.Emit(Source("tool_completed", "load", """{"tool": "database:5", "results": [{"auth": "hunter2"}], "duration_ms": 1500}"""));
            emitter.Emit(Source("node_start", "sum"));
            emitter.Complete(new ExecutionResult { Phase = ExecutionPhase.Succeeded, State = Json("""{"total": 3}"""), DurationMs = 2000 });
            await Eventually.IsTrueAsync(() => emitter.Counts.Delivered == 6, "all six are delivered");
        }

        var expected = new[]
        {
            Line("agent_started", """ "payload":{"workflow":"report"} """),
            Line("agent_thinking", """ "payload":{"step":1,"node":"load","node_type":"sql"},"reasoning":"step 1: load" """),
            Line("tool_executing", """ "payload":{"node":"load"},"tool_name":"database:5","parameters":{"sql":"select 1","password":"[REDACTED]"} """),
            Line("tool_completed", """ "payload":{"node":"load"},"tool_name":"database:5","results":[{"auth":"[REDACTED]"}],"duration":1.5,"status":"succeeded" """),
            Line("agent_thinking", """ "payload":{"step":2,"node":"sum"},"reasoning":"step 2: sum" """),
            Line("agent_completed", """ "payload":{"phase":"Succeeded"},"duration":2,"status":"succeeded","final_response":{"total":3} """),
        };
        bridge.Received.Select(e => JsonSerializer.Serialize(e with { Timestamp = DateTimeOffset.UnixEpoch }, UserEventJson.Default.UserEvent))
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData(ExecutionPhase.Failed, "TimedOut")]
    [InlineData(ExecutionPhase.Cancelled, "Cancelled")]
    public async Task Complete_NotSucceeded_SaysFailed(ExecutionPhase phase, string reason)
    {
        var bridge = new RecordingBridge();
        await using (var emitter = Emitter(bridge)) emitter.Complete(new ExecutionResult { Phase = phase, Reason = reason });

        var last = bridge.Received.ShouldHaveSingleItem();
        (last.Type, last.Status).ShouldBe((UserEventKind.AgentCompleted, "failed"));
        last.Payload!.Value.GetProperty("reason").GetString().ShouldBe(reason);
    }

    [Theory]
    [InlineData(null, "run", "no user")]
    [InlineData(" ", "run", "a blank user")]
    [InlineData("bob", "run", "another user")]
    [InlineData("alice", "", "no run")]
    [InlineData("alice", null, "no run")]
    [InlineData("alice", "registry", "the run of nobody")]
    [InlineData("alice", "other-run", "another run of the same user")]
    public async Task Send_NotTheOwners_BlockedAndCounted(string? user, string? run, string because)
    {
        var bridge = new RecordingBridge();
        await using (var emitter = Emitter(bridge))
        {
            emitter.Send(Event() with { UserId = user, RunId = run == "run" ? _context.RunId : run }).ShouldBeFalse(because);
            emitter.Emit(Source("start") with { ExecutionId = "exec_of_somebody_else" });
            emitter.Counts.ShouldBe(new UserEventCounts(Delivered: 0, Dropped: 0, Blocked: 2, Retried: 0));
        }

        bridge.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ListenerFailsThreeTimes_DeliveredByTheFourthAttempt()
    {
        var clock = new ManualClock();
        var bridge = new RecordingBridge { Behaviour = attempt => attempt <= 3 ? throw new IOException("gone") : Task.CompletedTask };
        await using var emitter = Emitter(bridge, clock: clock);
        emitter.Send(Event()).ShouldBeTrue();
        foreach (var attempt in Enumerable.Range(1, 3))
        {
            await Eventually.IsTrueAsync(() => bridge.Attempts == attempt && clock.Timers == 1, "it waits for its next attempt");
            clock.Advance(TimeSpan.FromMilliseconds(50 * (1 << (attempt - 1))));
        }

        await Eventually.IsTrueAsync(() => emitter.Counts == new UserEventCounts(1, 0, 0, 3), "the fourth attempt succeeds");
    }

    [Fact]
    public async Task Send_ListenerAlwaysFails_DroppedAfterThreeRetries()
    {
        var bridge = new RecordingBridge { Behaviour = _ => throw new IOException("gone") };
        await using var emitter = Emitter(bridge, new UserEventOptions { RetryDelay = TimeSpan.Zero });
        emitter.Send(Event()).ShouldBeTrue();

        await Eventually.IsTrueAsync(() => emitter.Counts == new UserEventCounts(0, 1, 0, 3), "it gives up");
        bridge.Attempts.ShouldBe(4);
    }

    [Fact]
    public async Task Send_ListenerHangs_RunGoesOnAndTheRestIsCounted()
    {
        var clock = new ManualClock();
        var never = new TaskCompletionSource();
        var bridge = new RecordingBridge { Behaviour = _ => never.Task };
        var emitter = Emitter(bridge, clock: clock);
        for (var i = 0; i < 1500; i++) emitter.Send(Event());
        emitter.Complete(new ExecutionResult { Phase = ExecutionPhase.Succeeded });
        emitter.Counts.Dropped.ShouldBe(500, "1000 wait, the last event has a place of its own");

        await Eventually.IsTrueAsync(() => bridge.Attempts == 1, "the first is under way");
        var end = emitter.DisposeAsync().AsTask();
        end.IsCompleted.ShouldBeFalse("what waits gets a short while");
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await end;
        emitter.Counts.ShouldBe(new UserEventCounts(Delivered: 0, Dropped: 1501, Blocked: 0, Retried: 0));
    }

    [Fact]
    public async Task Send_ListenerBlocksItsThread_RunGoesOn()
    {
        using var gate = new ManualResetEventSlim();
        var bridge = new RecordingBridge
        {
            Behaviour = _ =>
            {
                gate.Wait();
                return Task.CompletedTask;
            },
        };
        var emitter = Emitter(bridge, new UserEventOptions { DrainTimeout = TimeSpan.FromMilliseconds(20) });
        emitter.Send(Event()).ShouldBeTrue();
        await emitter.DisposeAsync();
        emitter.Counts.Dropped.ShouldBe(1);
        gate.Set();
    }

    [Fact]
    public async Task Emit_NobodyListens_NothingIsPrepared()
    {
        await using var emitter = new UserEventEmitter(_context, new SilentBridge(), new UserEventOptions(), TimeProvider.System);
        emitter.Emit(Source("start"));
        emitter.Complete(new ExecutionResult { Phase = ExecutionPhase.Succeeded });
        emitter.Emit(Source("start") with { ExecutionId = "exec_of_somebody_else" });
        emitter.Counts.ShouldBe(new UserEventCounts(Delivered: 0, Dropped: 0, Blocked: 1, Retried: 0));
    }

    private UserEventEmitter Emitter(RecordingBridge bridge, UserEventOptions? options = null, TimeProvider? clock = null) =>
        new(_context, bridge, options ?? new UserEventOptions(), clock ?? TimeProvider.System);

    private ExecutionEvent Source(string type, string? node = null, string fields = "{}") => new()
    {
        Type = type,
        Timestamp = DateTimeOffset.UnixEpoch,
        ExecutionId = _context.ExecutionId,
        Node = node,
        Fields = Json(fields).EnumerateObject().ToDictionary(field => field.Name, field => field.Value),
    };

    private UserEvent Event() => new()
    {
        Type = UserEventKind.AgentThinking,
        RunId = _context.RunId,
        UserId = _context.UserId,
        ThreadId = _context.ThreadId,
        ExecutionId = _context.ExecutionId,
        TenantId = _context.TenantId,
        AgentName = "report",
        Timestamp = DateTimeOffset.UnixEpoch,
    };

    private string Line(string type, string rest) =>
        $$"""{"type":"{{type}}","run_id":"{{_context.RunId}}","user_id":"alice","thread_id":"{{_context.ThreadId}}","""
        + $$"""
        "execution_id":"{{_context.ExecutionId}}","tenant_id":"local","agent_name":"report","timestamp":"1970-01-01T00:00:00+00:00",{{rest.Trim()}}}
        """.Trim();
}
