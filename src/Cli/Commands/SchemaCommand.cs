using System.CommandLine;
using Bulkhead.Api.Schemas;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead schema</c>.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of a workflow document, for editors.");
        command.SetAction(_ => Console.Out.Write(WorkflowSchema.Text));
        return command;
    }
}
