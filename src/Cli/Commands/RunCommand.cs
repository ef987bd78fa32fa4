using System.CommandLine;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Cli.Output;
using Bulkhead.Running;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead run FILE</c>: read -> judge -> run in a worker -> report.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var options = new RunOptions();
        var command = options.Command();
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, options, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, RunOptions options, CancellationToken cancellationToken)
    {
        PreparedRun prepared;
        try
        {
            prepared = JobBuilder.Build(await RunInputReader.ReadAsync(parsed, options, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            prepared = new PreparedRun { Name = "run", Problems = [new Problem(ProblemClass.StructuralError, "INPUT_UNREADABLE", e.Message)] };
        }

        var noColor = parsed.GetValue(options.NoColor);
        TextReport.WriteProblems(Terminals.Error(noColor), prepared.Warnings.Select(w => w with { Message = $"warning: {w.Message}" }));
        var result = prepared.Job is { } job
            ? await OpenAndExecuteAsync(job, prepared, parsed, options)
            : new ExecutionResult
            {
                Phase = ExecutionPhase.Failed,
                Reason = "Invalid",
                Message = $"{prepared.Problems.Count} fault{(prepared.Problems.Count == 1 ? "" : "s")}; nothing was run.",
                Problems = prepared.Problems,
            };
        result = await TrySaveCheckpointAsync(result, parsed.GetValue(options.Checkpoint) ?? $"{prepared.Name}.checkpoint.json");
        return TryReport(parsed.GetValue(options.Output), noColor, prepared.Name, result) ? ExitCode.Of(result) : ExitCode.Failed;
    }

    /// <summary>False: standard output takes nothing more (a full disk), so that nobody has the result.</summary>
    private static bool TryReport(OutputFormat format, bool noColor, string name, ExecutionResult result)
    {
        try
        {
            if (format == OutputFormat.Json) Console.Out.WriteLine(JsonSerializer.Serialize(result, ContractJson.Default.ExecutionResult));
            else TextReport.Write(Terminals.Out(noColor), name, result);
            return true;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine(Printable.SafeLines(result.Unwritten("ResultNotWritten", "its result", e.Message).Message!));
            return false;
        }
    }

    private static async Task<ExecutionResult> OpenAndExecuteAsync(Job job, PreparedRun prepared, ParseResult parsed, RunOptions options)
    {
        EventFile? file;
        try
        {
            file = parsed.GetValue(options.Events) is { } path ? EventFile.Open(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ExecutionResult { Phase = ExecutionPhase.Failed, Reason = "EventsNotWritten", Message = $"Nothing was run: {e.Message}" };
        }

        using (file) return await ExecuteAsync(job, prepared, parsed, options, file);
    }

    private static async Task<ExecutionResult> ExecuteAsync(Job job, PreparedRun prepared, ParseResult parsed, RunOptions options, EventFile? file)
    {
        var terminal = Terminals.Live(parsed.GetValue(options.NoColor));
        var live = !Console.IsErrorRedirected && parsed.GetValue(options.Events) != "-";
        var progress = new ProgressView(terminal, TimeProvider.System);
        List<IEventListener> listeners = [live ? progress : new LogLines(Console.Error, TimeProvider.System)];
        if (file is not null) listeners.Add(file);

        using var interrupts = new Interrupts();
        var running = new LocalExecution(job, prepared.Secrets, new EventFanOut(listeners)).RunAsync(interrupts.Cancel, interrupts.Kill);
        var result = live ? await progress.WatchAsync(running) : await running;
        return file?.Fault is { } fault ? result.Unwritten("EventsNotWritten", "its events", fault) : result;
    }

    /// <summary>A checkpoint that cannot be written fails the execution: nobody could go on from it.</summary>
    private static async Task<ExecutionResult> TrySaveCheckpointAsync(ExecutionResult result, string path)
    {
        try
        {
            return await SaveCheckpointAsync(result, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return result.Unwritten("CheckpointNotWritten", "its checkpoint", e.Message);
        }
    }

    /// <summary>Written beside its place and moved there, so that a checkpoint is whole or not there.</summary>
    private static async Task<ExecutionResult> SaveCheckpointAsync(ExecutionResult result, string path)
    {
        if (result.Checkpoint is not { } checkpoint) return result;
        var draft = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(checkpoint, ContractJson.Default.Checkpoint));
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft); // Half of one, where the disk was full.
        }

        return result with { Message = $"{result.Message} Resume with: --resume {path}" };
    }
}
