using System.IO.Compression;
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

    /// <returns>Null: there is none, or what has its name is none of ours.</returns>
    public static PodShape? Read(V1ConfigMap? map)
    {
        if (map?.Data?.TryGetValue(ShapeKey, out var text) != true) return null;
        try
        {
            return JsonSerializer.Deserialize(text!, PodShapeJson.Default.PodShape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
