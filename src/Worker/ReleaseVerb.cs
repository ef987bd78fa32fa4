using System.Diagnostics;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Resources;

namespace Bulkhead.Worker;

/// <summary>
/// <c>worker release</c>: ends the server sessions that carry the owner tag of a run which died without proof. Each connection
/// is on its own; one that cannot be asked stops no other.
/// </summary>
internal static class ReleaseVerb
{
    private const string RoleChanged = "ReleaseRoleChanged";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(ContractDirectory directory, Stream output, TimeProvider clock, CancellationToken stop)
    {
        Job job;
        try
        {
            job = await directory.ReadJobAsync(stop);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.BadInput;
        }

        job.Tag(Activity.Current);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bound.CancelAfter(Bound);
        var drivers = DriverRegistry.BuiltIn;
        var report = new ReleaseReport
        {
            OwnerTag = job.OwnerTag.ToString(),
            Connections = await Task.WhenAll(job.Connections.Select(c => ReleaseAsync(job, c, directory, drivers, clock, bound.Token))),
        };
        await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ContractPaths.ReleasePrefix), CancellationToken.None);
        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Default.ReleaseReport), CancellationToken.None);
        await output.WriteAsync("\n"u8.ToArray(), CancellationToken.None);
        return Record(directory, report) && report.Proven ? ExitCode.Succeeded : ExitCode.Failed;
    }

    private static bool Record(ContractDirectory directory, ReleaseReport report)
    {
        try
        {
            directory.WriteReport(report);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The record of the release could not be written: {e.Message}");
            return false;
        }
    }

    private static async Task<ReleasedConnection> ReleaseAsync(
        Job job, ConnectionDefinition connection, ContractDirectory directory, DriverRegistry drivers, TimeProvider clock, CancellationToken cancellationToken)
    {
        var driver = drivers.Find(connection.Type);
        var type = driver?.Category ?? connection.Type;
        var released = new ReleasedConnection(
            connection.Name, type, new ResourceKey(job.TenantId, job.ExecutionId, type, connection.Id ?? connection.Name).ToString(), Proven: false, 0, 0);
        if (driver is null) return released with { Message = $"This build has no driver '{connection.Type}'." };
        try
        {
            var request = new OpenRequest(connection, directory.ReadCredentials(connection.Name), job.OwnerTag, TimeLeft: null, clock);
            var proof = await driver.ReleaseByTagAsync(request, cancellationToken);
            return released with
            {
                Proven = proof.Proven,
                Ended = proof.Ended,
                Remaining = proof.Remaining,
                Message = proof.Message,
                Reason = proof.Message?.StartsWith(RoleChanged, StringComparison.Ordinal) == true ? RoleChanged : null,
            };
        }
        catch (Exception e)
        {
            // Whatever a driver meets, the other connections are released and this one is reported as unproven.
            var message = e is NodeFailureException ? e.Message : e.GetType().Name;
            return released with { Message = message, Reason = directory.HasCredentials(connection.Name) ? null : "CredentialsMissing" };
        }
    }
}
