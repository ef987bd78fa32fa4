using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Text;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Yaml;

/// <summary>
/// The same text goes to kubectl (YAML 1.1 with exceptions) and to our loader (YAML 1.2 core). A scalar that they read differently must be
/// refused by ours as ambiguous, for else a workflow would mean one thing in the cluster and another on a laptop.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class YamlTrapTests(ApiServer server)
{
    [Fact]
    public async Task Scalars_KubectlAndOurLoader_AgreeOrOursRefuses()
    {
        Scalars.All.Distinct().Count().ShouldBeGreaterThanOrEqualTo(200);
        var theirs = await KubectlAsync(Scalars.All);
        var faults = new List<string>();
        var (equal, refused) = (0, 0);

        foreach (var (scalar, their) in Scalars.All.Zip(theirs))
        {
            var (our, isRefused) = Ours(scalar);
            if (isRefused)
                refused++;
            else if (their is not null && Same(our, their))
                equal++;
            else
                faults.Add($"{scalar}: kubectl reads {their?.ToJsonString() ?? "null, or refuses it"}, ours {our?.ToJsonString() ?? "null"}");
        }

        faults.ShouldBeEmpty();
        equal.ShouldBeGreaterThan(120, "a loader that refuses everything would agree too");
        refused.ShouldBeGreaterThan(20);
    }

    private static (JsonNode? Value, bool Refused) Ours(string scalar)
    {
        var text = SourceText.Read($"v: {scalar}\n");
        if (text.Problems.Count > 0 || text.Ambiguous.Count > 0)
            return (null, true);
        return (JsonNode.Parse(text.Documents[0].Find("v")!.ToJson().GetRawText()), false);
    }

    /// <summary>Numbers are compared by value: kubectl writes 1.0 and 1e3 as 1 and 1000, and rounds what 64 bits do not hold.</summary>
    private static bool Same(JsonNode? our, JsonNode their)
    {
        if (our is null)
            return their.GetValueKind() == JsonValueKind.String && (string)their! == Null;
        return our.GetValueKind() == JsonValueKind.Number && their.GetValueKind() == JsonValueKind.Number
            ? our.GetValue<double>().Equals(their.GetValue<double>()) && (Integer(our) is not { } a || Integer(their) is not { } b || a == b)
            : JsonNode.DeepEquals(our, their);
    }

    private const string Null = "(null)";

    private static long? Integer(JsonNode number) => long.TryParse(number.ToJsonString(), out var value) ? value : null;

    /// <returns>For each scalar what kubectl makes of it; null where it refuses the document that has it.</returns>
    private async Task<IReadOnlyList<JsonNode?>> KubectlAsync(IReadOnlyList<string> scalars)
    {
        try
        {
            var yaml = new StringBuilder("apiVersion: tests.bulkhead.dev/v1\nkind: Widget\nmetadata: {name: trap}\nspec:\n  list:\n");
            foreach (var scalar in scalars)
                yaml.Append("  - v: ").Append(scalar).Append('\n');
            var json = await server.KubectlAsync(["create", "--dry-run=client", "--validate=false", "-o", "json", "-f", "-"], yaml.ToString());
            return [.. JsonNode.Parse(json)!["spec"]!["list"]!.AsArray().Select(i => i!["v"] ?? JsonValue.Create(Null))];
        }
        catch (InvalidOperationException) when (scalars.Count > 1)
        {
            // One of them is refused: halve until it is alone.
            var half = scalars.Count / 2;
            return [.. await KubectlAsync([.. scalars.Take(half)]), .. await KubectlAsync([.. scalars.Skip(half)])];
        }
        catch (InvalidOperationException)
        {
            return [null];
        }
    }
}
