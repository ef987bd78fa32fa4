using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Connections;

namespace Bulkhead.Operator.Tests.Connections;

public sealed class ConnectionCheckTests
{
    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "TOO_DEEP spec.config")]
    public void Problems_DeepConfig_IsBounded(int levels, string? fault)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
        var spec = JsonSerializer.Deserialize($$"""{"type":"http","config":{{nested}} }""", ResourceJson.Default.ConnectionSpec)!;

        var problem = ConnectionCheck.Problems(spec).SingleOrDefault();

        (problem is null ? null : $"{problem.Code} {problem.Path}").ShouldBe(fault);
    }
}
