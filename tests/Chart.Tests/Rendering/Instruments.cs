using System.Text;
using System.Text.RegularExpressions;

namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>The metrics of the operator as its source declares them, and the page that is written from them.</summary>
internal static partial class Instruments
{
    private static readonly string[] Sources = ["src/Operator", "src/Kubernetes/KubeOps/Operator/Observability"];

    public static IReadOnlyList<(string Name, string Type, string What)> All { get; } =
    [
        .. from folder in Sources
           from file in Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
           where !file.Contains("/obj/", StringComparison.Ordinal)
           from Match match in Declaration().Matches(File.ReadAllText(file))
           let kind = match.Groups["kind"].Value
           let name = PrometheusName(match.Groups["name"].Value, kind, match.Groups["unit"].Value)
           orderby name
           select (name, Type(kind), match.Groups["what"].Value),
    ];

    public static string Page()
    {
        var page = new StringBuilder("# Metrics of the operator\n\nServed at `/metrics` in Prometheus' text format. A test writes this page from the source. No label holds the name of an execution, a tenant or a user.\n\n");
        page.Append("| metric | type | what it says |\n|---|---|---|\n");
        foreach (var (name, type, what) in All) page.Append($"| `{name}` | {type} | {what} |\n");
        return page.ToString();
    }

    /// <summary>The mapping of src/Telemetry for the units in use.</summary>
    private static string PrometheusName(string name, string kind, string unit) =>
        name.Replace('.', '_') + (unit == "s" ? "_seconds" : "") + (Type(kind) == "counter" ? "_total" : "");

    private static string Type(string kind) => kind switch { "Histogram" => "histogram", "Counter" or "ObservableCounter" => "counter", _ => "gauge" };

    [GeneratedRegex("""Create(?<kind>\w+?)(<\w+>)?\(\s*"(?<name>[a-z._]+)".*?"(?<unit>s|\{\w+\})",\s*"(?<what>[^"]+)"\s*\)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Declaration();
}
