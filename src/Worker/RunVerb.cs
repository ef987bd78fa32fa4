using System.Diagnostics;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Worker;

/// <summary><c>worker run</c>: job in, events out, the termination file as the record, the result as the last line.</summary>
internal static class RunVerb
{
    public static async Task<int> RunAsync(ContractDirectory directory, Stream output, TimeProvider clock, CancellationToken stop)
    {
        await using var events = new EventWriter(output, clock);
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
                    ["tenant_id"] = JsonSerializer.SerializeToElement(job.TenantId, ContractJson.Default.String),
                    ["owner_tag"] = JsonElement.Parse($"\"{job.OwnerTag}\""),
                },
            });
            job.Tag(Activity.Current);
            using var stopFile = new StopFile(directory, clock);
            result = await new JobRunner(directory, events, clock).RunAsync(job, stopFile.Told, stop);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            result = Failed(new Problem(ProblemClass.ContextFailure, "JOB_UNREADABLE", e.Message));
        }

        result = Record(directory, result);
        Activity.Current?.SetTag(Tracing.OutcomeTag, $"{result.Phase}").SetStatus(result.Phase == ExecutionPhase.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        await events.FinishAsync(ContractPaths.ResultPrefix, directory.IsInPod ? PodResult.Write(result) : JsonSerializer.SerializeToUtf8Bytes(result, ContractJson.Default.ExecutionResult));
        return ExitCode.Of(result);
    }

    /// <summary>Where the record cannot be written (a full disk), nothing is proven to whoever reads it: the execution failed, and says why.</summary>
    private static ExecutionResult Record(ContractDirectory directory, ExecutionResult result)
    {
        try
        {
            directory.WriteTermination(TerminationWriter.Of(result));
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return result.Unwritten("RecordNotWritten", "the record of its end", e.Message);
        }
    }

    private static ExecutionResult Failed(Problem problem) => new() { Phase = ExecutionPhase.Failed, Reason = "JobUnreadable", Problems = [problem] };
}
