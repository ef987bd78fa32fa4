using System.CommandLine;

namespace Bulkhead.Cli.Commands;

/// <summary>The command line of <c>bulkhead</c>.</summary>
internal static class RootCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs workflows, each execution in a worker of its own, and proves that every connection is released.")
        {
            RunCommand.Create(),
            ServeCommand.Create(),
            LintCommand.Create(),
            GraphCommand.Create(),
            SchemaCommand.Create(),
            ConformanceCommand.Create(),
            NorpInterfaceCommand.Create(),
            VersionCommand.Create(),
        };
        return root;
    }

    /// <summary>Parses and runs; a fault of the command line is bad input (exit code 2).</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var result = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count == 0) return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        foreach (var error in result.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync($"See: bulkhead {string.Join(' ', result.CommandResult.Command is RootCommand ? [] : new[] { result.CommandResult.Command.Name })} --help");
        return ExitCode.BadInput;
    }
}
