using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;

namespace Bulkhead.Kubernetes.Tests.Crds;

/// <summary>The comparison itself sees each kind of difference.</summary>
public sealed class AgreementTests
{
    [Theory]
    [InlineData("""["properties","extra"]""", """{"type":"string"}""", "spec.extra: only in the schema")]
    [InlineData("""["properties","userId"]""", null, "spec.userId: only in WorkflowExecutionSpec")]
    [InlineData("""["properties","userId","type"]""", "\"integer\"", "spec.userId: integer  instead of (string, )")]
    [InlineData("""["properties","loading","enum"]""", """["Lazy"]""", "spec.loading: enum Lazy instead of Eager|Lazy")]
    [InlineData("""["properties","retryPolicy","properties","maxAttempts","maximum"]""", "7", "spec.retryPolicy.maxAttempts: bounds 1..7 instead of 1..100")]
    [InlineData("""["properties","rerunToken","maxLength"]""", "7", "spec.rerunToken: maxLength 7 instead of 253")]
    [InlineData("""["properties","workflowRef","required"]""", "[]", "spec.workflowRef.name: required only in the record")]
    [InlineData("""["properties","timeouts","properties","queue","pattern"]""", null, "spec.timeouts.queue: a duration on one side only")]
    public void Differences_OneChange_IsNamed(string where, string? value, string fault)
    {
        var schema = CrdFile.Part("WorkflowExecution", "spec");
        var steps = JsonNode.Parse(where)!.AsArray().Select(n => (string)n!).ToList();
        var parent = steps.SkipLast(1).Aggregate(schema, (node, step) => node[step]!).AsObject();
        if (value is null)
            parent.Remove(steps[^1]);
        else
            parent[steps[^1]] = JsonNode.Parse(value);

        Agreement.Differences(typeof(WorkflowExecutionSpec), schema, "spec").ShouldBe([fault]);
    }
}
