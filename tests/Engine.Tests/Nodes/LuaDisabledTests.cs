using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Nodes;

public sealed class LuaDisabledTests
{
    private static readonly LocalRun WithoutLua = new() { Limits = new WorkflowLimits { LuaEnabled = false } };

    [Fact]
    public async Task Script_WhereSwitchedOff_FailsBeforeAnyNodeRuns()
    {
        var ran = await WithoutLua.RunAsync("{name: d, nodes: [{name: first, uses: uuid}, {name: second, run: return 1}]}");
        ran.Failed("Node 'second' is a script, and scripts are switched off here.", "ActionError");
        ran.Result.Reason.ShouldBe("LuaDisabled");
        ran.Result.Nodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Actions_AndExpressions_StillRun()
    {
        var ran = await WithoutLua.RunAsync("{name: d, initial_state: {n: 1}, nodes: [{name: first, uses: data.merge, with: {base: {two: '{{ state.n + 1 }}'}, over: {}}}]}");
        ran.Succeeded()["two"].GetInt32().ShouldBe(2);
    }
}
