using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>
/// The job of an execution as an immutable ConfigMap: <c>job.json.gz</c> for the workers (attempt 1; later attempts get theirs by
/// argument) and <c>pod.json</c> for the operator. Every attempt and every release uses this and nothing that was edited later.
/// </summary>
internal static class JobSnapshot
{
    public const string ShapeKey = "pod.json";

    /// <summary>Most bytes of compressed job and pod shape: a ConfigMap holds 1 MiB in all.</summary>
    public const int LargestJob = 1_000_000;

    public static byte[] Compress(Job job)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
            JsonSerializer.Serialize(gzip, job, ContractJson.Default.Job);
        return buffer.ToArray();
    }

    public static string Write(PodShape shape) => JsonSerializer.Serialize(shape, PodShapeJson.Default.PodShape);

    /// <summary>Of all that the ConfigMap holds: 64 hex digits. Whoever may write ConfigMaps may not write this, for it stands in the status.</summary>
    public static string Hash(byte[] compressed, string shape) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Digest(compressed)}\n{shape}")));

    /// <summary>Of the job alone, which the worker compares with what it finds mounted.</summary>
    public static string Digest(byte[] compressed) => Convert.ToHexStringLower(SHA256.HashData(compressed));

    /// <param name="map">What has the job's name; null when nothing has.</param>
    /// <param name="hash">Of the job that was fixed; null where that is not known.</param>
    /// <returns>Null: it is not there, or not that job, or could still become another.</returns>
    public static PodShape? Read(V1ConfigMap? map, string? hash) =>
        map is { Immutable: true, BinaryData: { } binary, Data: { } data }
        && binary.TryGetValue(ContractPaths.CompressedJob, out var compressed) && data.TryGetValue(ShapeKey, out var shape) && Hash(compressed, shape) == hash
            ? JsonSerializer.Deserialize(shape, PodShapeJson.Default.PodShape)! with { JobDigest = Digest(compressed) }
            : null;
}
