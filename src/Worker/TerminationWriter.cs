using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Worker;

/// <summary>Cuts the record of the end to the size of a termination message: details go first, the proof never.</summary>
internal static class TerminationWriter
{
    private const int LongestText = 256;

    public static WorkerTermination Of(ExecutionResult result) => new()
    {
        Phase = result.Phase,
        Reason = result.Reason,
        Message = Cut(result.Message),
        NodesDone = result.Nodes.Count(n => n.Status == NodeStatus.Succeeded),
        NodesFailed = result.Nodes.Count(n => n.Status == NodeStatus.Failed),
        Nodes = [.. result.Nodes.OrderBy(n => n.Status != NodeStatus.Failed).Take(20).Select(n => n with { Error = Cut(n.Error), Usage = null })],
        Connections = [.. result.Connections.Select(c => c with { Message = Cut(c.Message) })],
        Problems = [.. result.Problems.Take(10).Select(p => p with { Message = Cut(p.Message)! })],
        ReleaseProven = result.Connections.All(c => c.State is ConnectionState.Released or ConnectionState.NotOpened),
    };

    public static byte[] Write(WorkerTermination termination)
    {
        while (true)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(termination, ContractJson.Default.WorkerTermination);
            if (bytes.Length <= ContractPaths.TerminationLimit) return bytes;
            termination = termination switch
            {
                { Nodes.Count: > 0 } => termination with { Nodes = [.. termination.Nodes.SkipLast(1)] },
                { Problems.Count: > 0 } => termination with { Problems = [.. termination.Problems.SkipLast(1)] },
                { Connections.Count: > 0 } => termination with { Connections = [.. termination.Connections.SkipLast(1)] },
                _ => termination with { Message = null },
            };
        }
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, LongestText), "…") : text;
}
