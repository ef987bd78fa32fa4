using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Worker;

/// <summary>Cuts the report of a release to the size of a termination message: messages first, then connections that are proven, the verdict never.</summary>
internal static class ReportWriter
{
    private const int LongestText = 256;

    public static byte[] Write(ReleaseReport report)
    {
        report = report with { Connections = [.. report.Connections.Select(c => c with { Message = Cut(c.Message) }).OrderBy(c => c.Proven)] };
        while (true)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Default.ReleaseReport);
            if (bytes.Length <= ContractPaths.TerminationLimit || report.Connections.Count <= 1) return bytes;
            report = report with { Connections = [.. report.Connections.SkipLast(1)] };
        }
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, LongestText), "…") : text;
}
