using System.CommandLine;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>The names that a shell may complete.</summary>
internal static class ExecutionNames
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>None where the cluster does not answer at once: a completion has nobody to tell why.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        try
        {
            using var cluster = new ClusterAccess(parsed);
            using var limit = new CancellationTokenSource(Longest);
            return [.. cluster.Client.ListAsync<WorkflowExecutionEntity>(cluster.Namespace, cancellationToken: limit.Token).GetAwaiter().GetResult().Select(e => e.Name())];
        }
        catch (Exception)
        {
            return [];
        }
    }
}
