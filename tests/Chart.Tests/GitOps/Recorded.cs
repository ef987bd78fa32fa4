using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.GitOps;

/// <summary>Objects as a cluster showed them, one file each: real executions of this operator (recorded by eng/chart.d/record.sh).</summary>
internal static class Recorded
{
    private static readonly string Folder = Repository.Path("tests", "Chart.Tests", "GitOps", "Recorded");

    public static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!;

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order();
}
