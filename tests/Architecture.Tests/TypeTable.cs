using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bulkhead.Architecture.Tests;

/// <summary>The type table of docs/architecture.md against the code: one name, one place, and no key type left out.</summary>
internal static partial class TypeTable
{
    public const string Document = "docs/architecture.md";

    private static readonly string[] KeySuffixes =
    [
        "ExecutionEngine", "EngineFactory", "ExecutionContext", "ExecutionScope", "WorkflowRunner", "ResourcePool", "EventEmitter", "DriverRegistry",
    ];

    public static IEnumerable<string> Faults(IReadOnlyList<SourceFile> files)
    {
        var document = files.SingleOrDefault(file => file.Path == Document);
        if (document is null) return [$"{Document} is missing"];
        var rows = Row().Matches(document.Text).Select(row => (Type: row.Groups["type"].Value, Path: row.Groups["path"].Value)).ToList();
        if (rows.Count == 0) return [$"{Document} has no type table: rows of | `Type` | `src/.../File.cs` | what it is |"];

        var code = files.Where(file => file.IsCSharp && file.IsUnder("src")).SelectMany(Types).ToLookup(type => type.Name, type => type.Path);
        return
        [
            .. rows.SelectMany(row => RowFaults(row.Type, row.Path, code[row.Type].ToList())),
            .. rows.GroupBy(row => row.Type).Where(group => group.Count() > 1).Select(group => $"{group.Key} has two rows"),
            .. code.Select(type => type.Key).Where(IsKey).Except(rows.Select(row => row.Type)).Select(type => $"{type} has no row in {Document}"),
        ];
    }

    private static IEnumerable<string> RowFaults(string type, string path, List<string> places)
    {
        if (!places.Contains(path)) yield return $"{type} is not in {path}";
        foreach (var folder in places.Select(Path.GetDirectoryName).Distinct().Where(folder => folder != Path.GetDirectoryName(path)))
            yield return $"{type} is in {folder} too";
    }

    private static IEnumerable<(string Name, string Path)> Types(SourceFile file) =>
        file.Syntax.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
            .Select(type => (type.Identifier.Text, file.Path));

    private static bool IsKey(string type) => KeySuffixes.Any(suffix => type.EndsWith(suffix, StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `(?<type>\w+)` \| `(?<path>src/[^`]+\.cs)` \| .+\|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
