using System.Text;
using System.Text.Json;
using Bulkhead.Api.Contract;
using k8s;
using k8s.Autorest;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>The worker's last line of output: the full, redacted result. Best effort; the result of record is the termination message.</summary>
internal sealed class ResultReader(IKubernetes api)
{
    /// <summary>Container runtimes cut a line into pieces of 16 KiB, each of which counts as a line.</summary>
    private const int Lines = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private const int MostBytes = 256 * 1024;

    public async Task<ExecutionResult?> ReadAsync(string ns, string pod, CancellationToken ct)
    {
        // A kubelet that has removed the container answers late or not at all; the outcome must not wait for it.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(Longest);
        try
        {
            await using var stream = await api.CoreV1.ReadNamespacedPodLogAsync(pod, ns, limitBytes: MostBytes, tailLines: Lines, cancellationToken: bound.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return Parse(await reader.ReadToEndAsync(bound.Token));
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is (HttpOperationException or IOException or HttpRequestException or OperationCanceledException))
        {
            return null;
        }
    }

    internal static ExecutionResult? Parse(string log)
    {
        var start = log.LastIndexOf(ContractPaths.ResultPrefix, StringComparison.Ordinal);
        if (start < 0 || (start > 0 && log[start - 1] != '\n')) return null;
        try
        {
            return JsonSerializer.Deserialize(log.AsSpan(start + ContractPaths.ResultPrefix.Length).TrimEnd('\n'), ContractJson.Default.ExecutionResult);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
