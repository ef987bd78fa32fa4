using System.CommandLine;

namespace Bulkhead.Cli.Cluster;

/// <summary>Which cluster, as kubectl is told it.</summary>
internal static class ClusterOptions
{
    public static Option<string?> KubeConfig { get; } = new("--kubeconfig") { Description = "Default: KUBECONFIG, else ~/.kube/config, else the pod's own account." };

    public static Option<string?> Context { get; } = new("--context") { Description = "Context of the kubeconfig. Default: its current one." };

    public static Option<string?> Namespace { get; } = new("--namespace", "-n") { Description = "Default: the context's, else default." };

    public static Option<bool> AllNamespaces { get; } = new("--all-namespaces", "-A") { Description = "Every namespace." };

    /// <summary>The name of an execution; the shell completes it from the cluster.</summary>
    public static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "Name of a WorkflowExecution." };
        name.CompletionSources.Add(context => ExecutionNames.Of(context.ParseResult));
        return name;
    }
}
