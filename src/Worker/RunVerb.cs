using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Worker;

/// <summary><c>worker run</c>: job in, events out, result last, termination file as the record.</summary>
internal static class RunVerb
{
    public static async Task<int> RunAsync(ContractDirectory directory, Stream output, TimeProvider clock, CancellationToken stop)
    {
        await using var events = new EventWriter(output);
        ExecutionResult result;
        try
        {
            var job = await directory.ReadJobAsync(CancellationToken.None); // Whoever is stopped this early still gets a result.
            events.Emit(new ExecutionEvent
            {
                Type = "worker_started",
                Timestamp = clock.GetUtcNow(),
                ExecutionId = job.ExecutionId,
                Fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
                {
                    ["pid"] = JsonElement.Parse($"{Environment.ProcessId}"),
                    ["owner_tag"] = JsonElement.Parse($"\"{job.OwnerTag}\""),
                },
            });
            result = await new JobRunner(directory, events, clock).RunAsync(job, stop);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            result = Failed(new Problem(ProblemClass.ContextFailure, "JOB_UNREADABLE", e.Message));
        }

        await events.FinishAsync(ContractPaths.ResultPrefix, JsonSerializer.SerializeToUtf8Bytes(result, ContractJson.Default.ExecutionResult));
        return Record(directory, result) ? ExitCode.Of(result) : ExitCode.InternalError;
    }

    /// <summary>Where the record cannot be written (a full disk), nothing is proven to whoever reads it; standard error says why.</summary>
    private static bool Record(ContractDirectory directory, ExecutionResult result)
    {
        try
        {
            directory.WriteTermination(TerminationWriter.Of(result));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The record of the end could not be written: {e.Message}");
            return false;
        }
    }

    private static ExecutionResult Failed(Problem problem) => new() { Phase = ExecutionPhase.Failed, Reason = problem.Code, Problems = [problem] };
}
