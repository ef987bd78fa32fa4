using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Testing.Running;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>A checkpoint can be read while others write theirs.</summary>
public sealed class CheckpointRows
{
    private const int Executions = 16;

    private const string Document = """
        name: pause
        nodes:
          - {name: first, run: "return {mine = state.id * 10}"}
          - {name: ask, interrupt: before, run: "return {answer = state.mine + state.extra}"}
        """;

    [Fact(DisplayName = "RUST-030-UNIT-003 checkpoints are written and read concurrently"), Trait("Seed", "RUST-030-UNIT-003")]
    public async Task Checkpoints_WrittenAndReadAtOnce_KeepTheirOwnState()
    {
        await AllAsync(Task.FromResult);
        await Row.NoticesAsync("that all executions write into one place", () =>
        {
            var (written, all, last) = (0, new TaskCompletionSource(), (Checkpoint?)null);
            return AllAsync(async checkpoint =>
            {
                Volatile.Write(ref last, checkpoint);
                if (Interlocked.Increment(ref written) == Executions) all.SetResult();
                await all.Task;
                return Volatile.Read(ref last)!;
            });
        });
    }

    private static Task AllAsync(Func<Checkpoint, Task<Checkpoint>> store) =>
        Task.WhenAll(Enumerable.Range(1, Executions).Select(id => Task.Run(() => PauseAndResumeAsync(id, store))));

    private static async Task PauseAndResumeAsync(int id, Func<Checkpoint, Task<Checkpoint>> store)
    {
        var paused = await LocalRun.Of(Document, $$"""{"id": {{id}}}""");
        paused.Result.Phase.ShouldBe(ExecutionPhase.Suspended);
        var checkpoint = await store(paused.Result.Checkpoint.ShouldNotBeNull());
        var before = JsonSerializer.Serialize(checkpoint);

        // One checkpoint is read by several runs at once; none of them changes it for the others.
        var resumed = await Task.WhenAll(Enumerable.Range(0, 4).Select(extra => Task.Run(() => new LocalRun
        {
            Inputs = $$"""{"extra": {{extra}}}""",
            Change = job => job with { Resume = checkpoint },
        }.RunAsync(Document))));

        resumed.Select(r => r["answer"].GetInt32()).ShouldBe(Enumerable.Range(0, 4).Select(extra => id * 10 + extra));
        JsonSerializer.Serialize(checkpoint).ShouldBe(before);
    }
}
