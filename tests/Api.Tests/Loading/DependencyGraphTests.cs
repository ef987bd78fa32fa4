using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Tests.Loading;

public sealed class DependencyGraphTests
{
    [Fact]
    public void Load_SeedWorkflow_SharesConnectionFive()
    {
        var workflow = Loaded.Valid("""
            {
              "name": "Multi-Resource Workflow",
              "nodes": [
                {"id": "node1", "type": "datasource", "config": {"connection_id": 5}},
                {"id": "node2", "type": "llm_call", "config": {"connection_id": 5}},
                {"id": "node3", "type": "datasource", "config": {"connection_id": 5}}
              ]
            }
            """);

        workflow.Dialect.ShouldBe(Dialect.DependencyGraph);
        workflow.Nodes.Select(n => n.Path).ShouldBe(["nodes[0]", "nodes[1]", "nodes[2]"]);
        workflow.Nodes.Select(n => n.Line).ShouldBe([4, 5, 6]);
        workflow.Nodes[1].Work.ShouldBeOfType<PromptWork>().Prompt.ShouldBeNull();
        workflow.Plan!.ToJson().ShouldBe(
            """{"logical_order":["node1","node2","node3"],"parallel_groups":[{"level":0,"nodes":["node1","node2","node3"],"parallel":true}]}""");
    }
}
