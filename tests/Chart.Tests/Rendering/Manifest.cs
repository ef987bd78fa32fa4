using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>One object as it was written.</summary>
internal sealed record Manifest(string Text, JsonNode Object)
{
    public string Kind => (string)Object["kind"]!;

    public string Name => (string)Object["metadata"]!["name"]!;

    public string? Namespace => (string?)Object["metadata"]!["namespace"];

    /// <summary>Null: Helm installs it; else the hook that makes it.</summary>
    public string? Hook => (string?)Object["metadata"]!["annotations"]?["helm.sh/hook"];

    /// <summary><c>Kind namespace/name</c>.</summary>
    public string Id => $"{Kind} {(Namespace is null ? "" : $"{Namespace}/")}{Name}";

    public static IReadOnlyList<Manifest> Read(string text) =>
    [
        .. from part in $"\n{text}".Split("\n---", StringSplitOptions.RemoveEmptyEntries)
           let lines = part.Split('\n').Where(line => !line.StartsWith("# Source:", StringComparison.Ordinal))
           let trimmed = string.Join('\n', lines).Trim()
           from document in YamlText.Documents(trimmed)
           select new Manifest(trimmed, document),
    ];
}
