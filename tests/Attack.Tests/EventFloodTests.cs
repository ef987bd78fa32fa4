using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Attack.Tests;

/// <summary>More events than anybody reads: the run goes on, and says how many were lost.</summary>
public sealed class EventFloodTests
{
    [Fact]
    public async Task Events_ThatNobodyReads_HoldNothingUpAndAreCounted()
    {
        // 1,000 turns of 40 nodes, two events each: more than the worker keeps.
        var workflow = JsonSerializer.SerializeToElement(new
        {
            name = "flood",
            settings = new { max_iterations = 50_000 },
            initial_state = new { n = 0 },
            nodes = new[]
            {
                new
                {
                    name = "turns", type = "while_loop", condition = "state.n < 999", max_iterations = 1000,
                    body = Enumerable.Range(0, 40).Select(i => new { name = $"step_{i}", run = i == 0 ? "return {n = state.n + 1}" : "return {}" }),
                },
            },
            edges = new[] { new { from = "__start__", to = "turns" }, new { from = "turns", to = "__end__" } },
        });

        var lines = await WorkerProcess.LinesAfterItsEndAsync(workflow);

        var dropped = JsonElement.Parse(lines[^2]);
        dropped.GetProperty("type").GetString().ShouldBe("dropped");
        dropped.GetProperty("execution_id").GetString().ShouldBe(JsonElement.Parse(lines[0]).GetProperty("execution_id").GetString());
        dropped.GetProperty("tenant_id").GetString().ShouldBe("acme");
        dropped.GetProperty("count").GetInt64().ShouldBeGreaterThan(1000);
        lines[^1].ShouldStartWith(ContractPaths.ResultPrefix + "{\"phase\":\"Succeeded\"");
    }
}
