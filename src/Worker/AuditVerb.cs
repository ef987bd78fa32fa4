using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Worker;

/// <summary>
/// <c>worker audit</c>: counts the sessions of a connection by owner tag. It looks twice and reports what was there both times, so that a run that
/// just ends is not taken for a leak. It ends no session.
/// </summary>
internal static class AuditVerb
{
    private static readonly TimeSpan BetweenTheLooks = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(ContractDirectory directory, Stream output, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            var job = await directory.ReadJobAsync(stop);
            var report = await AuditAsync(job, job.Connections.Single(), directory, clock, stop);
            var json = JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Default.AuditReport);
            await output.WriteAsync(Encoding.UTF8.GetBytes($"{ContractPaths.AuditPrefix}{Encoding.UTF8.GetString(json)}\n"), stop);
            directory.WriteRecord(json.Length <= ContractPaths.TerminationLimit ? json : JsonSerializer.SerializeToUtf8Bytes(Cut(report), ContractJson.Default.AuditReport));
            return report.Fault is null ? ExitCode.Succeeded : ExitCode.Failed;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.BadInput;
        }
    }

    private static async Task<AuditReport> AuditAsync(
        Job job, ConnectionDefinition connection, ContractDirectory directory, TimeProvider clock, CancellationToken stop)
    {
        if (DriverRegistry.BuiltIn.Find(connection.Type) is not { } driver)
            return new AuditReport { Connection = connection.Name, Fault = $"This build has no driver '{connection.Type}'." };
        try
        {
            var request = new OpenRequest(connection, directory.ReadCredentials(connection.Name), job.OwnerTag, TimeLeft: null, clock);
            var first = await driver.AuditAsync(request, stop);
            if (first.Count == 0) return new AuditReport { Connection = connection.Name };
            await Task.Delay(BetweenTheLooks, clock, stop);
            var second = await driver.AuditAsync(request, stop);
            return new AuditReport { Connection = connection.Name, Tags = [.. second.Where(s => first.Any(f => f.Tag == s.Tag))] };
        }
        catch (NodeFailureException e)
        {
            return new AuditReport { Connection = connection.Name, Fault = e.Message };
        }
    }

    /// <summary>As many tags as a termination message holds.</summary>
    private static AuditReport Cut(AuditReport report) => report with { Tags = [.. report.Tags.Take(40)] };
}
