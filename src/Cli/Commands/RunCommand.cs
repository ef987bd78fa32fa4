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
            ? await ExecuteAsync(job, prepared, parsed, options)
            : new ExecutionResult
            {
                Phase = ExecutionPhase.Failed,
                Reason = "Invalid",
                Message = $"{prepared.Problems.Count} fault{(prepared.Problems.Count == 1 ? "" : "s")}; nothing was run.",
                Problems = prepared.Problems,
            };
        result = await TrySaveCheckpointAsync(result, parsed.GetValue(options.Checkpoint) ?? $"{prepared.Name}.checkpoint.json");
        if (parsed.GetValue(options.Output) == OutputFormat.Json) Console.Out.WriteLine(JsonSerializer.Serialize(result, ContractJson.Default.ExecutionResult));
        else TextReport.Write(Terminals.Out(noColor), prepared.Name, result);
        return ExitCode.Of(result);
    }

    private static async Task<ExecutionResult> ExecuteAsync(Job job, PreparedRun prepared, ParseResult parsed, RunOptions options)
    {
        var terminal = Terminals.Error(parsed.GetValue(options.NoColor));
        var live = !Console.IsErrorRedirected && parsed.GetValue(options.Events) != "-";
        var progress = new ProgressView(terminal, TimeProvider.System);
        using var file = parsed.GetValue(options.Events) is { } path ? EventFile.Open(path) : null;
        List<IEventListener> listeners = [live ? progress : new LogLines(Console.Error)];
        if (file is not null) listeners.Add(file);

        using var interrupts = new Interrupts();
        var running = new LocalExecution(job, prepared.Secrets, new EventFanOut(listeners)).RunAsync(interrupts.Cancel, interrupts.Kill);
        return live ? await progress.WatchAsync(running) : await running;
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
            return result with { Phase = ExecutionPhase.Failed, Reason = "CheckpointNotWritten", Message = e.Message };
        }
    }

    /// <summary>Written beside its place and moved there, so that a checkpoint is whole or not there.</summary>
    private static async Task<ExecutionResult> SaveCheckpointAsync(ExecutionResult result, string path)
    {
        if (result.Checkpoint is not { } checkpoint) return result;
        var draft = $"{path}.{Environment.ProcessId}.tmp";
        await File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(checkpoint, ContractJson.Default.Checkpoint));
        File.Move(draft, path, overwrite: true);
        return result with { Message = $"{result.Message} Resume with: --resume {path}" };
    }
}
