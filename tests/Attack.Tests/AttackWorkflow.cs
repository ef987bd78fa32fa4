using System.Text.Json;

namespace Bulkhead.Attack.Tests;

/// <summary>A state graph with hostile branches beside a healthy one, and a fan-in that hands out what became of each.</summary>
internal static class AttackWorkflow
{
    internal static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(400);

    internal static JsonElement Of(IReadOnlyList<string> hostile, TimeSpan deadline)
    {
        var branches = hostile.Select((source, index) => new { name = $"hostile_{index}", run = source })
            .Append(new { name = "healthy", run = "local sum = 0\nfor i = 1, 100000 do sum = sum + i end\nreturn {sum = sum}" })
            .ToList();
        return JsonSerializer.SerializeToElement(new
        {
            name = "attack",
            settings = new { parallel = new { max_workers = 4, lua_timeout = deadline.TotalSeconds } },
            nodes = branches.Append(new { name = "collect", run = "return {results = state.parallel_results}" }),
            edges = new object[]
            {
                new { from = "__start__", to = branches.Select(branch => branch.name), fan_in = "collect" },
                new { from = "collect", to = "__end__" },
            },
        });
    }
}
