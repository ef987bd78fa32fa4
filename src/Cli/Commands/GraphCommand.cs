using System.CommandLine;
using Bulkhead.Api.Diagrams;
using Bulkhead.Cli.Output;
using Bulkhead.Running;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead graph FILE</c>: the graph as a picture's source, or the plan as JSON.</summary>
internal static class GraphCommand
{
    private enum Format
    {
        Mermaid,
        Dot,
        Json,
    }

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A manifest or workflow document (YAML or JSON), or - for standard input." };
        var format = Choice.Of("--format", ["-f"], "mermaid, dot or json (the plan).", Format.Mermaid);
        var command = new Command("graph", "Prints the graph of a workflow.") { file, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ExecutionSource source;
            try
            {
                source = ExecutionSource.Read(await InputFile.ReadAsync(parsed.GetValue(file)!, cancellationToken));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.BadInput;
            }

            if (source.Workflow is not { } workflow || source.Problems.Count > 0)
            {
                TextReport.WriteProblems(Terminals.Error(noColor: false), source.Problems);
                return ExitCode.BadInput;
            }

            Console.Out.WriteLine(parsed.GetValue(format) switch
            {
                Format.Dot => Printable.SafeLines(WorkflowDiagram.Dot(workflow)),
                Format.Json => Printable.Escaped(WorkflowDiagram.PlanJson(workflow)),
                _ => Printable.SafeLines(WorkflowDiagram.Mermaid(workflow)),
            });
            return ExitCode.Succeeded;
        });
        return command;
    }
}
