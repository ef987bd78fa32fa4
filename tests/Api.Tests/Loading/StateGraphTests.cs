using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Tests.Loading;

public sealed class StateGraphTests
{
    private const string Nodes = """
        name: demo
        nodes:
          - {name: start, run: "return {}"}
          - {name: a, run: "return {}"}
          - {name: b, run: "return {}"}
          - {name: join, run: "return {}"}

        """;

    [Theory]
    [InlineData("- {from: start, parallel: [a, b], fan_in: join}", "a list under parallel")]
    [InlineData("- {from: start, to: a, type: parallel, fan_in: join}\n  - {from: start, to: b, type: parallel, fan_in: join}", "one edge for each branch")]
    [InlineData("- {from: start, to: [a, b], parallel: true, fan_in: join}", "parallel: true")]
    [InlineData("- {from: start, to: [a, b], fan_in: join}", "a list of targets with a fan-in")]
    [InlineData("- {from: start, parallel: [a, b]}", "the fan-in is the first common successor")]
    [InlineData("- {from: start, parallel: [a, b]}\n  - {from: a, to: join}\n  - {from: b, to: join}", "explicit edges to the fan-in")]
    public void Load_ParallelSpelling_GivesOneSection(string edges, string because)
    {
        var workflow = Loaded.Valid($"{Nodes}edges:\n  {edges}\n");

        Loaded.Rules(workflow).Order().ShouldBe(
            ["__start__ -> start", "a -> join", "b -> join", "join -> __end__", "start -> [a, b] => join"], ignoreOrder: false, because);
    }

    [Fact]
    public void Load_SeedWithOmittedEdge_JoinsBranchesAtFanIn()
    {
        var workflow = Loaded.Valid("""
            name: test-parallel-isolation
            nodes:
              - name: branch_a
                run: |
                  -- lua
                  parallel_marker = "from_a"
                  return {marker = parallel_marker}
              - name: branch_b
                run: |
                  -- lua
                  parallel_marker = "from_b"
                  return {marker = parallel_marker}
              - name: fan_in
                run: return {n = #state.parallel_results}
            edges:
              - {from: __start__, to: [branch_a, branch_b], fan_in: fan_in}
            """);

        Loaded.Rules(workflow).Order().ShouldBe(["__start__ -> [branch_a, branch_b] => fan_in", "branch_a -> fan_in", "branch_b -> fan_in", "fan_in -> __end__"]);
    }

    [Fact]
    public void Load_NoEdges_RunsInListOrder()
    {
        var workflow = Loaded.Valid(Nodes);

        Loaded.Rules(workflow).Order().ShouldBe(["__start__ -> start", "a -> b", "b -> join", "join -> __end__", "start -> a"]);
    }

    [Fact]
    public void Load_GotoAndEdges_GotoComesFirst()
    {
        var workflow = Loaded.Valid("""
            name: demo
            nodes:
              - name: s
                run: return {}
                goto: [{if: "state.count > 3", to: done}, {to: s}]
              - {name: done, run: "return {}"}
            edges:
              - {from: s, to: done, when: "state.ok"}
              - {from: done, when: "state.status", targets: {success: s, failure: __end__}}
            """);

        Loaded.Rules(workflow).Order().ShouldBe(
            ["__start__ -> s", "done -> __end__ if state.status is 'failure'", "done -> s if state.status is 'success'", "s -> done if state.count > 3", "s -> done if state.ok", "s -> s"]);
    }

    [Fact]
    public void Load_Kinds_GiveTheirWork()
    {
        var workflow = Loaded.Valid("""
            name: kinds
            nodes:
              - {name: lua, run: "return 1", language: lua}
              - {name: expr, run: {type: expression, value: "state.a + 1", output_key: sum}}
              - {name: q, type: sql, connection: orders, query: "select $1::int", params: ["{{ state.sum }}"], output: rows}
              - {name: t, type: transform, template: {total: "{{ state.sum }}"}}
              - {name: c, type: custom_code, code: "return 2"}
            """);

        workflow.Nodes[0].Work.ShouldBe(new LuaWork("return 1"));
        workflow.Nodes[1].Work.ShouldBe(new ExpressionWork("state.a + 1"));
        workflow.Nodes[1].Output.ShouldBe("sum");
        var query = workflow.Nodes[2].Work.ShouldBeOfType<QueryWork>();
        query.Connection.ShouldBe(new ConnectionRef("orders"));
        query.Sql.ShouldBe("select $1::int");
        query.Parameters.GetRawText().ShouldBe("""["{{ state.sum }}"]""");
        workflow.Nodes[3].Work.ShouldBeOfType<TemplateWork>().Template.GetRawText().ShouldBe("""{"total":"{{ state.sum }}"}""");
        workflow.Nodes[4].Work.ShouldBe(new LuaWork("return 2"));
    }
}
