using Bulkhead.Api.Loading;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Schemas;

/// <summary>
/// Documents that lead the reader into every kind of mapping there is. Their faults do not matter: what counts is what the reader asks.
/// A kind that is named but never read makes <see cref="WorkflowSchema"/> fail.
/// </summary>
internal static class SchemaProbe
{
    private const string StateGraph = """
        nodes:
          - {name: text, run: "", retry: {}, on_error: {}, goto: [{}]}
          - {name: code, run: {}}
          - {name: value, run: {type: expression}}
          - {name: use, uses: sleep, with: {}}
          - {name: typed, config: {}}
          - {name: loop, type: while_loop, body: []}
          - {name: actions, type: dynamic_parallel, action: {}, retry_policy: {}, circuit_breaker: {}}
          - {name: steps, type: dynamic_parallel, steps: []}
          - {name: graph, type: dynamic_parallel, subgraph: {}}
          - {name: ready, type: lua}
        edges:
          - {condition: {}, to: [ready]}
          - {targets: {a: ready}}
        settings: {parallel: {}, budget: {}}
        imports: []
        state_schema: {}
        """;

    private const string DependencyGraph = "nodes: [{id: a, type: output, config: {}, depends_on: [a], priority: 0}]";

    /// <summary>What the reader asks for in all of them.</summary>
    public static AskedFields Read()
    {
        var asked = new AskedFields();
        foreach (var document in (IEnumerable<string>)[StateGraph, DependencyGraph, .. NodeTypes.All.SelectMany(OfType)])
            _ = WorkflowReader.Read(SourceText.Read(document).Documents[0], new Findings { Asked = asked });
        return asked;
    }

    /// <summary>The settings of a type stand in a mapping of their own or in the node itself.</summary>
    private static IEnumerable<string> OfType(string type) => [$"nodes: [{{id: a, type: {type}, config: {{}}}}]", $"nodes: [{{id: a, type: {type}}}]"];
}
