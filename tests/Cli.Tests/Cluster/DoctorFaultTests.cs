using System.Text.Json;
using System.Text.Json.Nodes;
using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>What <c>doctor</c> and <c>top</c> make of what they see through a server.</summary>
public sealed class DoctorFaultTests
{
    [Fact]
    public async Task Doctor_ChangeThatNoOperatorHasLookedAt_IsLag()
    {
        await using var cluster = new FakeCluster("running");
        cluster.Execution["metadata"]!["generation"] = 4;

        var found = await FindAsync(cluster);

        found.ShouldContain(f => f.StartsWith("wrong lag: acme/running was changed ", StringComparison.Ordinal) && f.EndsWith("generation 4, 1 was looked at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_ChangeOfThisMoment_IsNoLag()
    {
        await using var cluster = new FakeCluster("running");
        cluster.Execution["metadata"]!["generation"] = 4;
        cluster.Execution["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "bulkhead-cli", ["time"] = $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}" });

        (await FindAsync(cluster)).ShouldContain("ok executions: 1: none stuck, none unseen, none unreleased");
    }

    [Fact]
    public async Task Doctor_OneLookFails_IsUnknownAndTheOthersGoOn()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                if (!Is(context, "GET", "/pods")) return false;
                await RefuseAsync(context, 410, "The provided continue parameter is too old");
                return true;
            },
        };

        var found = await FindAsync(cluster);

        found.ShouldContain(f => f.StartsWith("unknown leftovers: not looked at: ", StringComparison.Ordinal) && f.EndsWith("410 The provided continue parameter is too old", StringComparison.Ordinal));
        found.ShouldContain("ok executions: 1: none stuck, none unseen, none unreleased");
    }

    [Fact]
    public async Task Top_ExecutionWaitsToRunAgain_CountsFromThen()
    {
        await using var cluster = new FakeCluster("waiting");
        cluster.Execution["status"]!["conditions"]![0]!["lastTransitionTime"] = $"{TimeProvider.System.GetUtcNow().AddSeconds(-60):yyyy-MM-ddTHH:mm:ssZ}";

        var top = await cluster.RunAsync("top", "-o", "json");

        JsonElement.Parse(top.Output)[0].GetProperty("longest_wait_s").GetDouble().ShouldBeInRange(59, 120);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(FakeCluster cluster)
    {
        var run = await cluster.RunAsync("doctor", "-o", "json");
        run.Output.ShouldStartWith("[", customMessage: run.Error);
        return [.. JsonElement.Parse(run.Output).EnumerateArray().Select(f => $"{f.GetProperty("state").GetString()} {f.GetProperty("check").GetString()}: {f.GetProperty("found").GetString()}")];
    }
}
