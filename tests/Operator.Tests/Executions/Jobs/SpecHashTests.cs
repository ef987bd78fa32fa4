using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Jobs;

namespace Bulkhead.Operator.Tests.Executions.Jobs;

public sealed class SpecHashTests
{
    private static readonly Dictionary<string, Func<WorkflowExecutionSpec, WorkflowExecutionSpec>> Immutable = new()
    {
        ["Workflow"] = s => s with { Workflow = JsonElement.Parse("""{"name":"other"}""") },
        ["WorkflowRef"] = s => s with { WorkflowRef = new NameReference { Name = "other" } },
        ["Inputs"] = s => s with { Inputs = JsonElement.Parse("""{"a":2}""") },
        ["TenantId"] = s => s with { TenantId = "other" },
        ["ConcurrencyKey"] = s => s with { ConcurrencyKey = "other" },
        ["ConcurrencyPolicy"] = s => s with { ConcurrencyPolicy = "Forbid" },
        ["UserId"] = s => s with { UserId = "other" },
        ["Connections"] = s => s with { Connections = ["other"] },
        ["Loading"] = s => s with { Loading = "Eager" },
        ["RetryPolicy"] = s => s with { RetryPolicy = new ExecutionRetryPolicy { MaxAttempts = 9 } },
        ["PodTemplate"] = s => s with { PodTemplate = new PodTemplate { Image = "other" } },
    };

    private static readonly Dictionary<string, Func<WorkflowExecutionSpec, WorkflowExecutionSpec>> Mutable = new()
    {
        ["DesiredState"] = s => s with { DesiredState = "Stopped" },
        ["Timeouts"] = s => s with { Timeouts = new ExecutionTimeouts { Active = "1s" } },
        ["Release"] = s => s with { Release = new ExecutionRelease { OnTimeout = "Orphan" } },
        ["TtlSecondsAfterFinished"] = s => s with { TtlSecondsAfterFinished = 1 },
        ["RerunToken"] = s => s with { RerunToken = "x" },
    };

    [Fact]
    public void Of_EachField_CountsExactlyWhereItIsImmutable()
    {
        var fields = typeof(WorkflowExecutionSpec).GetProperties().Select(p => p.Name).Where(n => n != "EqualityContract");
        Immutable.Keys.Concat(Mutable.Keys).Order(StringComparer.Ordinal).ShouldBe(fields.Order(StringComparer.Ordinal), "a new field must choose");
        var spec = new WorkflowExecutionSpec { Inputs = JsonElement.Parse("""{"a":1}""") };
        var hash = SpecHash.Of(spec);

        hash.ShouldMatch("^[0-9a-f]{64}$");
        foreach (var (field, edit) in Immutable) SpecHash.Of(edit(spec)).ShouldNotBe(hash, field);
        foreach (var (field, edit) in Mutable) SpecHash.Of(edit(spec)).ShouldBe(hash, field);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2],"d":null}}""", """{ "b": {"d":null, "c":[1,2]}, "a":1 }""", true, "the order of keys and spaces do not matter")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false, "the order of a list does")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false, "nor is a text a number")]
    [InlineData("""{"a":{"b":1}}""", """{"a.b":1}""", false, "nor a key a path")]
    public void Of_Inputs_SameMeaningSameHash(string one, string other, bool same, string because) =>
        (Hash(one) == Hash(other)).ShouldBe(same, because);

    private static string Hash(string inputs) => SpecHash.Of(new WorkflowExecutionSpec { Inputs = JsonElement.Parse(inputs) });
}
