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
        console.SayMarkup($"{name}: [{Colour(result.Phase)}]{result.Phase}[/] in {result.DurationMs / 1000:0.000} s");
        if (result.ExecutionId is { } id) console.Say($"{id}, tenant {result.TenantId}, attempt {result.Attempt}");
        if (result.Reason is { } reason) console.Say($"{reason}: {result.Message}");
        WriteProblems(console, result.Problems);
        WriteNodes(console, result.Nodes);
        WriteConnections(console, result.Connections);
        if (result.State is { } state) console.SayJson(JsonSerializer.Serialize(state, Indented.JsonElement));
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
            console.Say($"{place}{problem.Message} [{JsonSerializer.Serialize(problem.Class, CliJson.Default.ProblemClass).Trim('"')} {problem.Code}]");
        }
    }

    private static void WriteNodes(IAnsiConsole console, IReadOnlyList<NodeResult> nodes)
    {
        if (nodes.Count == 0) return;
        console.Write(TextTable.Of(nodes.Take(200).Select(n => new[]
        {
            n.Name, n.Branch ?? "-", n.Status.ToString(), $"{n.DurationMs:0.0}", UsageText.Of(n.Usage), n.ErrorType is null ? n.Error ?? "" : $"{n.ErrorType}: {n.Error}",
        }).Prepend(["NODE", "BRANCH", "STATUS", "MS", "USED", "ERROR"])));
        if (nodes.Count > 200) console.WriteLine($"... and {nodes.Count - 200} more (see --output json)");
    }

    private static void WriteConnections(IAnsiConsole console, IReadOnlyList<ConnectionResult> connections)
    {
        if (connections.Count == 0) return;
        console.Write(TextTable.Of(connections.Select(c => new[] { c.Name, c.Type, c.Handle ?? "-", c.State.ToString(), c.Message ?? "" }).Prepend(["CONNECTION", "TYPE", "HANDLE", "STATE", ""])));
    }

    private static string Colour(ExecutionPhase phase) => phase switch
    {
        ExecutionPhase.Succeeded => "green",
        ExecutionPhase.Suspended or ExecutionPhase.Cancelled => "yellow",
        _ => "red",
    };
}
