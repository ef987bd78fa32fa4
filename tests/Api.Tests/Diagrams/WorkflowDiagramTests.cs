using Bulkhead.Api.Diagrams;
using Bulkhead.Api.Tests.Loading;

namespace Bulkhead.Api.Tests.Diagrams;

public sealed class WorkflowDiagramTests
{
    private const string Sections = """
        name: demo
        nodes:
          - {name: start, run: x}
          - {name: a1, run: x}
          - {name: a2, run: x}
          - {name: b1, type: sql, connection: db, query: select 1}
          - {name: join, run: x, goto: [{if: "state.n < 3", to: start}, {to: __end__}]}
        edges:
          - {from: start, parallel: [a1, b1], fan_in: join}
        """;

    private const string Nested = """
        name: nested
        nodes:
          - name: loop
            type: while_loop
            condition: state.i < 3
            max_iterations: 5
            body:
              - {name: inner, uses: json.parse, with: {text: "1"}}
              - {name: each, type: dynamic_parallel, items: state.list, steps: [{name: s1, run: x}, {name: s2, run: x}]}
          - name: graphs
            type: dynamic_parallel
            items: state.list
            subgraph:
              nodes:
                - {name: first, run: x, goto: [{if: state.x > 1, to: third}, {to: second}]}
                - {name: second, run: x}
                - {name: third, run: x}
          - {name: collect, run: x}
        finally: [{name: tidy, run: x}]
        """;

    [Fact]
    public void Mermaid_StateGraph_ShowsForksJoinsAndConditions() =>
        WorkflowDiagram.Mermaid(Loaded.Valid(Sections)).ShouldBe("""
            flowchart TD
              n0["start"]
              n1["a1"]
              n2["a2"]
              n3[("b1 (sql)")]
              n4(["join"])
              start(("start"))
              finish(("end"))
              start --> n0
              n0 ==> n1
              n0 ==> n3
              n1 --> n2
              n2 --> n4
              n3 --> n4
              n4 -->|"state.n #60; 3"| n0
              n4 -->|"else"| finish

            """);

    [Fact]
    public void PlanJson_StateGraph_NamesFanInAfterItsBranches() =>
        WorkflowDiagram.PlanJson(Loaded.Valid(Sections)).ShouldBe(
            """{"logical_order":["start","a1","b1","a2","join"],"parallel_sections":[{"from":"start","branches":["a1","b1"],"fan_in":"join"}]}""");

    [Fact]
    public void Dot_DependencyGraph_ShowsDependencies() =>
        WorkflowDiagram.Dot(Loaded.Valid("""{"name":"d","nodes":[{"id":"a","type":"output","config":{"value":1}},{"id":"b","type":"output","config":{"value":1},"depends_on":["a"]}]}""")).ShouldBe("""
            digraph "d" {
              node [shape=box];
              n0 [label="a (output)", shape=box];
              n1 [label="b (output)", shape=box];
              n0 -> n1 [style=solid];
            }

            """);

    [Fact]
    public void Nested_Frames_StandInsideEachOther()
    {
        var workflow = Loaded.Valid(Nested);
        WorkflowDiagram.Mermaid(workflow).ShouldBe("""
            flowchart TD
              n0{{"loop"}}
              n5[["graphs"]]
              n9["collect"]
              start(("start"))
              finish(("end"))
              subgraph f0["while state.i #60; 3"]
                n1["inner (json.parse)"]
                n2[["each"]]
                subgraph f1["for each of state.list"]
                  n3["s1"]
                  n4["s2"]
                end
              end
              subgraph f2["for each of state.list"]
                n6["first"]
                n7["second"]
                n8["third"]
              end
              subgraph f3["finally"]
                n12["tidy"]
              end
              n0 ==> n1
              n2 ==> n3
              n3 --> n4
              n1 --> n2
              n2 -->|"again"| n0
              n5 --> n6
              n6 -->|"state.x #62; 1"| n8
              n6 -->|"else"| n7
              n7 --> n8
              start --> n0
              n0 --> n5
              n5 --> n9
              n9 --> finish

            """);
        WorkflowDiagram.Dot(workflow).ShouldContain("""
              subgraph cluster_f0 {
                label="while state.i < 3";
                n1 [label="inner (json.parse)", shape=box];
                n2 [label="each", shape=box3d];
                subgraph cluster_f1 {
            """);
    }

    [Theory]
    [InlineData("x\"]; n9 -> n8 [label=\"", "a quote that would end the label")]
    [InlineData("x\\", "a backslash that would escape the quote")]
    [InlineData("</text><script>alert(1)</script>", "markup")]
    [InlineData("a` #quot; %%{init}%% ;", "Mermaid's own marks")]
    [InlineData("\u202eevil\u2028line", "marks that turn or break the line")]
    public void Write_HostileName_StaysInItsLabel(string name, string because)
    {
        var workflow = Loaded.Valid(System.Text.Json.JsonSerializer.Serialize(new { name, nodes = new[] { new { name, run = "x" } } }));

        var mermaid = WorkflowDiagram.Mermaid(workflow).Split('\n');
        var dot = WorkflowDiagram.Dot(workflow).Split('\n');

        mermaid.Length.ShouldBe(7, because);
        mermaid[1].ShouldMatch("^  n0\\[\"[^\"<>`%\\\\\\u202e\\u2028]*\"\\]$", because);
        dot.Length.ShouldBe(9, because);
        dot[2].ShouldMatch("^  n0 \\[label=\"([^\"\\\\\\u202e\\u2028]|\\\\.)*\", shape=box\\];$", because);
    }
}
