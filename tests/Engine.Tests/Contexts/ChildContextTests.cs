using Bulkhead.Engine.Contexts;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Contexts;

public class ChildContextTests
{
    [Fact]
    public void CreateChild_Twice_NamesItsParents()
    {
        var root = Context(agentContext: """{"plan": {"depth": 3}}""");
        var child = root.CreateChild("search");
        var grandchild = child.CreateChild("fetch", agentContext: Json("""{"url": "x"}"""));

        child.AgentContext.GetRawText().ShouldBe(
            """{"plan":{"depth":3},"operation_name":"search","parent_operation":"root","operation_depth":1}""");
        grandchild.AgentContext.GetRawText().ShouldBe(
            """{"plan":{"depth":3},"operation_name":"fetch","parent_operation":"search","operation_depth":2,"url":"x"}""");
        grandchild.ParentRequestId.ShouldBe(child.RequestId);
        grandchild.OperationDepth.ShouldBe(2);
        new[] { root.RequestId, child.RequestId, grandchild.RequestId }.ShouldBeUnique();
        (grandchild.ExecutionId, grandchild.TenantId, grandchild.UserId, grandchild.ThreadId, grandchild.RunId)
            .ShouldBe((root.ExecutionId, root.TenantId, root.UserId, root.ThreadId, root.RunId));
    }

    [Fact]
    public void CreateChild_AtDepth10_Refused()
    {
        var context = Context();
        for (var depth = 1; depth <= 10; depth++) context = context.CreateChild($"step {depth}");

        Should.Throw<InvalidContextException>(() => context.CreateChild("one more"))
            .Message.ShouldBe("Maximum operation depth (10) exceeded. Current depth: 10");
    }

    [Fact]
    public void CreateChild_BlankName_Refused() =>
        Should.Throw<InvalidContextException>(() => Context().CreateChild("  "))
            .Message.ShouldBe("Field 'operation_name' is required and must not be empty.");

    [Fact]
    public void CreateChild_FaultyAdditions_ReportsAllAtOnce() =>
        Should.Throw<InvalidContextException>(() => Context().CreateChild("search", Json("[]"), Json("""{"run_id": 1}""")))
            .Problems.Select(fault => fault.Path).ShouldBe(["agent_context", "audit_metadata.run_id"]);
}
