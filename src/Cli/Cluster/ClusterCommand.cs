using System.CommandLine;
using Bulkhead.Cli.Output;

namespace Bulkhead.Cli.Cluster;

/// <summary>What all commands against a cluster share: how they find it, and how they say that it cannot be used.</summary>
internal static class ClusterCommand
{
    public static Command InCluster(this Command command, Func<ParseResult, ClusterAccess, CancellationToken, Task<int>> act)
    {
        command.Add(ClusterOptions.Namespace);
        command.Add(ClusterOptions.Context);
        command.Add(ClusterOptions.KubeConfig);
        command.SetAction((parsed, ct) => RunAsync(parsed, act, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<ParseResult, ClusterAccess, CancellationToken, Task<int>> act, CancellationToken ct)
    {
        using var cluster = new ClusterAccess(parsed);
        try
        {
            return await act(parsed, cluster, ct);
        }
        catch (Exception e) when (ClusterErrors.Explain(e, cluster.Server) is { } fault)
        {
            await Console.Error.WriteLineAsync(Printable.SafeLines(fault.Message));
            return fault.ExitCode;
        }
    }
}
