using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Spectre.Console;

namespace Bulkhead.Cli.Output;

/// <summary>The result for a person: phase, nodes, connections, faults, final state.</summary>
internal static class TextReport
{
    private static readonly CliJson Indented = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(IAnsiConsole console, string name, ExecutionResult result)
    {
        console.MarkupLineInterpolated($"{name}: [{Colour(result.Phase)}]{result.Phase}[/] in {result.DurationMs / 1000:0.000} s");
        if (result.ExecutionId is { } id) console.WriteLine($"{id}, tenant {result.TenantId}, attempt {result.Attempt}");
        if (result.Reason is { } reason) console.WriteLine($"{reason}: {result.Message}");
        WriteProblems(console, result.Problems);
        WriteNodes(console, result.Nodes);
        WriteConnections(console, result.Connections);
        if (result.State is { } state) console.WriteLine(JsonSerializer.Serialize(state, Indented.JsonElement));
    }

    public static void WriteProblems(IAnsiConsole console, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var place = problem switch
            {
                { Line: { } line, Path: "" } => $"line {line}: ",
                { Line: { } line } => $"line {line}, {problem.Path}: ",
                { Path: "" } => "",
                _ => $"{problem.Path}: ",
            };
            console.WriteLine($"{place}{problem.Message} [{JsonSerializer.Serialize(problem.Class, CliJson.Default.ProblemClass).Trim('"')} {problem.Code}]");
        }
    }

    private static void WriteNodes(IAnsiConsole console, IReadOnlyList<NodeResult> nodes)
    {
        if (nodes.Count == 0) return;
        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "BRANCH", "STATUS", "MS", "USED", "ERROR");
        foreach (var node in nodes.Take(200))
        {
            table.AddRow(
                new Text(node.Name), new Text(node.Branch ?? "-"), new Text(node.Status.ToString()),
                new Text($"{node.DurationMs:0.0}"), new Text(UsageText.Of(node.Usage)), new Text(node.ErrorType is null ? node.Error ?? "" : $"{node.ErrorType}: {node.Error}"));
        }

        console.Write(table);
        if (nodes.Count > 200) console.WriteLine($"... and {nodes.Count - 200} more (see --output json)");
    }

    private static void WriteConnections(IAnsiConsole console, IReadOnlyList<ConnectionResult> connections)
    {
        if (connections.Count == 0) return;
        var table = new Table().Border(TableBorder.None).AddColumns("CONNECTION", "TYPE", "HANDLE", "STATE", "");
        foreach (var c in connections)
            table.AddRow(new Text(c.Name), new Text(c.Type), new Text(c.Handle ?? "-"), new Text(c.State.ToString()), new Text(c.Message ?? ""));
        console.Write(table);
    }

    private static string Colour(ExecutionPhase phase) => phase switch
    {
        ExecutionPhase.Succeeded => "green",
        ExecutionPhase.Suspended or ExecutionPhase.Cancelled => "yellow",
        _ => "red",
    };
}
