using System.CommandLine;
using Bulkhead.Cli.Cluster;
using Bulkhead.Cli.Cluster.Describing;
using Bulkhead.Cli.Cluster.Doctor;
using Bulkhead.Cli.Cluster.Submitting;
using Bulkhead.Cli.Output;

namespace Bulkhead.Cli.Commands;

/// <summary>The command line of <c>bulkhead</c>.</summary>
internal static class RootCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs workflows, each execution in a worker of its own, and proves that every connection is released.");
        Command[] commands =
        [
            RunCommand.Create(), ServeCommand.Create(), LintCommand.Create(), GraphCommand.Create(), SchemaCommand.Create(),
            SubmitCommand.Create(), GetCommand.Create(), ListCommand.Create(), DescribeCommand.Create(), LogsCommand.Create(),
            .. ControlCommands.Create(), TopCommand.Create(), DoctorCommand.Create(),
            ConformanceCommand.Create(), NorpInterfaceCommand.Create(), CompletionCommand.Create(), VersionCommand.Create(),
        ];
        foreach (var command in commands) root.Add(command);
        return root;
    }

    /// <summary>Parses and runs; a fault of the command line is bad input (exit code 2).</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var result = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // What a shell asks to complete is never a whole command line.
        if (result.Errors.Count == 0 || args is [['[', 's', 'u', ..], ..]) return await RunAsync(result);
        foreach (var error in result.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync($"See: bulkhead {string.Join(' ', result.CommandResult.Command is RootCommand ? [] : new[] { result.CommandResult.Command.Name })} --help");
        return ExitCode.BadInput;
    }

    /// <summary>Output that nobody takes ends a command that only shows; what runs workflows (run, serve) goes on without it and judges by itself.</summary>
    private static async Task<int> RunAsync(ParseResult result)
    {
        if (result.CommandResult.Command.Name is not ("run" or "serve")) StandardOutput.Install();
        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (OutputException e)
        {
            if (!e.IsClosed) await Console.Error.WriteLineAsync($"The output cannot be written: {e.Message}");
            return e.IsClosed ? ExitCode.ClosedPipe : ExitCode.NoResult;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"Unhandled exception: {e}");
            return ExitCode.Failed;
        }
    }
}
