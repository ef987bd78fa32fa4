using System.Text.Json;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing.Running;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The rows that ask that sequential execution works as ever: a suite of at least 60 cases.</summary>
public sealed class SequentialRows
{
    [Fact(DisplayName = "PY-002-E2E-002 the sequential suite passes"), Trait("Seed", "PY-002-E2E-002")]
    public async Task Suite_EachCaseAlone_Passes()
    {
        SequentialCases.All.Count.ShouldBeGreaterThanOrEqualTo(60);
        await AloneAsync(EngineParts.Sound);
        await Row.NoticesAsync("that what a node returns is lost", () => AloneAsync(Broken(Fault.ResultLost)));
    }

    [Fact(DisplayName = "RUST-030-E2E-002 the sequential suite passes in the middle of a chain"), Trait("Seed", "RUST-030-E2E-002")]
    public async Task Suite_BetweenOtherNodes_Passes()
    {
        await BetweenAsync(EngineParts.Sound);
        await Row.NoticesAsync("that a node does not get the state of the one before", () => BetweenAsync(Broken(Fault.OldState)));
    }

    [Fact(DisplayName = "PY-002-INT-005 two Lua nodes one after the other"), Trait("Seed", "PY-002-INT-005")]
    public Task Chain_TwoLuaNodes_RunInOrder() => Row.HoldsUnlessAsync(
        Fault.OldState, Chain(("node_a", "return {trail = 'a'}"), ("node_b", "return {trail = (state.trail or '') .. 'b'}")), ran =>
        {
            ran.Succeeded()["trail"].GetString().ShouldBe("ab");
            ran.Trace.ShouldBe(["start", "node_start node_a", "node_complete node_a", "node_start node_b", "node_complete node_b", "finish"]);
        });

    private static EngineParts Broken(Fault fault) => BrokenFork.With(fault, () => ActionRegistry.BuiltIn);

    private static async Task AloneAsync(EngineParts parts)
    {
        foreach (var (because, lua, expected) in SequentialCases.All)
            Check(await RunAsync(parts, Chain(("case", lua))), because, expected);
    }

    private static async Task BetweenAsync(EngineParts parts)
    {
        foreach (var (because, lua, expected) in SequentialCases.All)
        {
            var ran = await RunAsync(parts, Chain(("before", "return {first = 1}"), ("case", lua), ("after", "return {last = state.first + 1}")));
            Check(ran, because, expected);
            ran["last"].GetInt32().ShouldBe(2, because);
        }
    }

    private static Task<Ran> RunAsync(EngineParts parts, string document) =>
        new LocalRun { Inputs = SequentialCases.Input, Parts = parts }.RunAsync(document);

    private static void Check(Ran ran, string because, string expected)
    {
        ran.Succeeded();
        foreach (var field in JsonElement.Parse(expected).EnumerateObject())
        {
            var value = ran[field.Name];
            var same = value.ValueKind == JsonValueKind.Undefined ? field.Value.ValueKind == JsonValueKind.Null : JsonElement.DeepEquals(value, field.Value);
            same.ShouldBeTrue($"{because}: {field.Name} is {(value.ValueKind == JsonValueKind.Undefined ? "absent" : value.GetRawText())}");
        }
    }
}
