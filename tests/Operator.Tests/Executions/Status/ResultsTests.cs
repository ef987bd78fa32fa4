using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Status;

public sealed class ResultsTests
{
    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "the outputs are nested 33 levels deep; a status holds 32. The worker's log has them.")]
    [InlineData(120, "the outputs are nested 120 levels deep; a status holds 32. The worker's log has them.")]
    public void Into_DeepOutputs_AreOmittedWithANote(int levels, string? note)
    {
        var o = Given.Running();
        var state = JsonElement.Parse(string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels), new JsonDocumentOptions { MaxDepth = 200 });

        var status = Results.Into(o.Status, o with { Result = Result(state) }, WorkerEnd.GivenUp(Given.Now));

        (status.Outputs!.Value.TryGetProperty("omitted", out var why) ? why.GetString() : null).ShouldBe(note);
    }

    private static ExecutionResult Result(JsonElement state) => new() { Phase = ExecutionPhase.Succeeded, ExecutionId = "e", TenantId = "acme", Attempt = 1, State = state };
}
