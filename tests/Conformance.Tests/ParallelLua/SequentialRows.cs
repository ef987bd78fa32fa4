using System.Text.Json;
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
        foreach (var (because, lua, expected) in SequentialCases.All)
            Check(await LocalRun.Of(Chain(("case", lua)), SequentialCases.Input), because, expected);
    }

    [Fact(DisplayName = "RUST-030-E2E-002 the sequential suite passes in the middle of a chain"), Trait("Seed", "RUST-030-E2E-002")]
    public async Task Suite_BetweenOtherNodes_Passes()
    {
        foreach (var (because, lua, expected) in SequentialCases.All)
        {
            var ran = await LocalRun.Of(Chain(("before", "return {first = 1}"), ("case", lua), ("after", "return {last = state.first + 1}")), SequentialCases.Input);
            Check(ran, because, expected);
            ran["last"].GetInt32().ShouldBe(2, because);
        }
    }

    [Fact(DisplayName = "PY-002-INT-005 two Lua nodes one after the other"), Trait("Seed", "PY-002-INT-005")]
    public async Task Chain_TwoLuaNodes_RunInOrder()
    {
        var ran = await LocalRun.Of(Chain(("node_a", "return {trail = 'a'}"), ("node_b", "return {trail = state.trail .. 'b'}")));
        ran.Succeeded()["trail"].GetString().ShouldBe("ab");
        ran.Trace.ShouldBe(["start", "node_start node_a", "node_complete node_a", "node_start node_b", "node_complete node_b", "finish"]);
    }

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
