namespace Bulkhead.Cli.Cluster;

/// <summary>A command cannot do what it was asked; the message says why and what to do.</summary>
internal sealed class ClusterFaultException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
