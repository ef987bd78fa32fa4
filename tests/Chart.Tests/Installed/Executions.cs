using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>Manifests of small executions, and questions about them.</summary>
internal static class Executions
{
    public static string Of(string name, string script, string metadata = "", string spec = "") => $$"""
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: {{name}}, namespace: default{{metadata}}}
        spec:
          userId: alice{{spec}}
          workflow: {name: w, nodes: [{name: a, run: "{{script}}"}], edges: [{from: __start__, to: a}, {from: a, to: __end__}]}
        ---

        """;

    public static string? Phase(JsonNode? execution) => (string?)execution?["status"]?["phase"];

    public static string? Condition(JsonNode? execution, string type) =>
        (string?)execution?["status"]?["conditions"]?.AsArray().FirstOrDefault(c => (string?)c!["type"] == type)?["status"];
}
