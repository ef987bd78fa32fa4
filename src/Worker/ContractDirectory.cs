using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Worker;

/// <summary>Reads the contract directory, and writes the record of the end into it.</summary>
/// <param name="path">The directory.</param>
/// <param name="attempt">Which attempt this is, where the job is a snapshot that all attempts share; null: as the job says.</param>
/// <param name="digest">SHA-256 of the compressed job that was admitted, 64 hex digits; null: whatever is there is run.</param>
internal sealed class ContractDirectory(string path, int? attempt = null, string? digest = null)
{
    /// <summary>Only the operator names the attempt: its pods share one job.</summary>
    public bool IsInPod => attempt is not null;

    /// <exception cref="InvalidDataException">There is no job, or it is of another contract version, or not the one that was admitted.</exception>
    public async Task<Job> ReadJobAsync(CancellationToken cancellationToken)
    {
        await using var stream = Open();
        Job? job;
        try
        {
            job = await JsonSerializer.DeserializeAsync(stream, ContractJson.Default.Job, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The job is not valid: {e.Message}", e);
        }

        if (job?.Version != Job.ContractVersion)
            throw new InvalidDataException($"The job has contract version {job?.Version}, this worker speaks {Job.ContractVersion}.");
        return attempt is { } number ? job with { Attempt = number } : job;
    }

    /// <summary>The secret of a connection: one file for each key. No folder means no secret.</summary>
    public Credentials ReadCredentials(string connection)
    {
        var folder = Path.Combine(path, ContractPaths.Connections, connection);
        if (!Directory.Exists(folder)) return Credentials.None;
        return new Credentials(Directory.EnumerateFiles(folder)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllText(file))));
    }

    /// <summary>Whether there is a secret at all: one that is gone leaves an empty folder.</summary>
    public bool HasCredentials(string connection) =>
        Path.Combine(path, ContractPaths.Connections, connection) is var folder && Directory.Exists(folder)
        && Directory.EnumerateFiles(folder).Any(file => !Path.GetFileName(file).StartsWith('.'));

    public bool IsToldToStop()
    {
        try
        {
            return new FileInfo(Path.Combine(path, ContractPaths.Control, ContractPaths.Stop)) is { Exists: true } file && File.ReadAllText(file.FullName).Length > 0;
        }
        catch (IOException)
        {
            // Swapped just now: the next look sees it.
            return false;
        }
    }

    public void WriteTermination(WorkerTermination termination) => WriteRecord(TerminationWriter.Write(termination));

    public void WriteReport(ReleaseReport report) => WriteRecord(ReportWriter.Write(report));

    public void WriteRecord(byte[] record) => File.WriteAllBytes(Path.Combine(path, ContractPaths.Termination), record);

    private Stream Open()
    {
        var plain = Path.Combine(path, ContractPaths.Job);
        if (digest is null && File.Exists(plain)) return File.OpenRead(plain);
        var compressed = Path.Combine(path, ContractPaths.CompressedJob);
        if (File.Exists(compressed)) return new GZipStream(new MemoryStream(Checked(File.ReadAllBytes(compressed))), CompressionMode.Decompress);
        throw new InvalidDataException($"There is no {ContractPaths.Job} in the contract directory.");
    }

    private byte[] Checked(byte[] compressed) => digest is null || Convert.ToHexStringLower(SHA256.HashData(compressed)) == digest
        ? compressed
        : throw new InvalidDataException("The job is not the one that was admitted: somebody put another in its place.");
}
