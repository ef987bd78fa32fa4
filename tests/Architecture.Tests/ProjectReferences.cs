using System.Xml.Linq;

namespace Bulkhead.Architecture.Tests;

/// <summary>Which rooms may know which. A room that is not in the table may know none.</summary>
internal static class ProjectReferences
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Api"] = [],
        ["Lua"] = ["Api"],
        ["Engine"] = ["Api", "Lua"],
        ["Otlp"] = [],
        ["Worker"] = ["Api", "Lua", "Engine", "Otlp"],
        ["Conformance"] = ["Api", "Lua", "Engine"],
        ["Running"] = ["Api", "Lua"],
        ["Telemetry"] = [],
        ["Server"] = ["Api", "Engine", "Running", "Telemetry"],
        ["Cli"] = ["Api", "Lua", "Kubernetes", "Conformance", "Running", "Server"],
        ["Operator"] = ["Api", "Kubernetes", "Otlp", "Telemetry"],
        ["Kubernetes"] = ["Api", "Kubernetes"],
    };

    public static IEnumerable<string> Faults(IEnumerable<SourceFile> projects) =>
        from project in projects
        where project.IsProject && project.IsUnder("src")
        let room = Room(project.Path)
        from reference in References(project)
        let other = Room(reference.Path)
        where !reference.BuildOrderOnly && !Allowed.GetValueOrDefault(room, []).Contains(other)
        select $"{room} must not reference {other}";

    private static IEnumerable<(string Path, bool BuildOrderOnly)> References(SourceFile project) =>
        XDocument.Parse(project.Text).Descendants().Where(element => element.Name.LocalName == "ProjectReference")
            .Where(element => element.Attribute("Include") is not null)
            .Select(element => (
                Resolve(project.Path, element.Attribute("Include")!.Value),
                string.Equals(element.Attribute("ReferenceOutputAssembly")?.Value, "false", StringComparison.OrdinalIgnoreCase)));

    private static string Resolve(string project, string include)
    {
        var folder = Path.Combine("/", Path.GetDirectoryName(project)!);
        return Path.GetFullPath(Path.Combine(folder, include.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", ""))).TrimStart('/');
    }

    private static string Room(string path) => path.Split('/') is ["src", var room, ..] ? room : path;
}
