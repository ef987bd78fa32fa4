using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Images;

/// <summary>An OCI image in a tar file: its configuration, and its files with their layers laid over one another.</summary>
internal sealed record OciImage(JsonNode Config, IReadOnlyDictionary<string, byte[]> Files, IReadOnlyDictionary<string, DateTimeOffset> Times)
{
    public static OciImage Read(string path)
    {
        var blobs = Entries(File.OpenRead(path)).ToDictionary(e => e.Name, e => e.Data, StringComparer.Ordinal);
        var index = JsonNode.Parse(blobs["index.json"])!;
        var manifest = JsonNode.Parse(Blob(blobs, index["manifests"]![0]!["digest"]!))!;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            foreach (var entry in Entries(new GZipStream(new MemoryStream(Blob(blobs, layer!["digest"]!)), CompressionMode.Decompress)))
            {
                files[entry.Name] = entry.Data;
                times[entry.Name] = entry.Time;
            }
        }

        return new OciImage(JsonNode.Parse(Blob(blobs, manifest["config"]!["digest"]!))!, files, times);
    }

    private static byte[] Blob(Dictionary<string, byte[]> blobs, JsonNode digest) => blobs[$"blobs/sha256/{((string)digest!)["sha256:".Length..]}"];

    private static IEnumerable<(string Name, byte[] Data, DateTimeOffset Time)> Entries(Stream stream)
    {
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            using var data = new MemoryStream();
            entry.DataStream?.CopyTo(data);
            yield return (entry.Name.TrimStart('.', '/'), data.ToArray(), entry.ModificationTime);
        }
    }
}
