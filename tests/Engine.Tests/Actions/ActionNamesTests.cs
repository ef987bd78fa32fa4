using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;

namespace Bulkhead.Engine.Tests.Actions;

public sealed class ActionNamesTests
{
    [Fact]
    public void All_AreTheActionsOfTheEngine() =>
        ActionNames.All.ShouldBe(ActionRegistry.BuiltIn.Signatures.Select(s => s.Name));

    [Theory]
    [InlineData("uses: hash.sha265", "unknown action 'hash.sha265'; did you mean 'hash.sha256'?")]
    [InlineData("type: dynamic_parallel, items: state.l, action: slep", "unknown action 'slep'; did you mean 'sleep'?")]
    public void Load_UnknownAction_IsAFaultThatNamesTheNearest(string node, string message) =>
        WorkflowLoader.Load($$"""{name: a, nodes: [{name: x, {{node}}}]}""").Problems.ShouldHaveSingleItem().Message.ShouldBe(message);
}
