using System.CommandLine;
using k8s;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Hooks;

/// <summary>The verbs that the chart's hooks run: short-lived, beside the operator. Exit codes: 0 done, 1 not done in time.</summary>
internal static class HookCommands
{
    public static Command Drain() => Create(
        "drain", "Ends every execution and waits until its connections are released: before the operator is uninstalled.", 240, isNamespaceRequired: false,
        (client, output, ns, within, ct) => new Drain(client, output, TimeProvider.System).RunAsync(ns, within, ct));

    public static Command Smoke() => Create(
        "smoke", "Runs one real execution and takes it away again: after an installation.", 60, isNamespaceRequired: true,
        (client, output, ns, within, ct) => new Smoke(client, output, TimeProvider.System).RunAsync(ns!, within, ct));

    private static Command Create(
        string name, string description, int seconds, bool isNamespaceRequired,
        Func<IKubernetesClient, TextWriter, string?, TimeSpan, CancellationToken, Task<bool>> run)
    {
        var ns = new Option<string?>("--namespace") { Description = isNamespaceRequired ? "Where." : "The only namespace to look at. Default: all.", Required = isNamespaceRequired };
        var timeout = new Option<int>("--timeout") { Description = "Most seconds for it.", DefaultValueFactory = _ => seconds };
        var kubeConfig = new Option<string?>("--kubeconfig") { Description = "Default: the pod's service account, or KUBECONFIG." };
        var command = new Command(name, description) { ns, timeout, kubeConfig };
        command.SetAction(async (parsed, ct) =>
        {
            var configuration = parsed.GetValue(kubeConfig) is { } file
                ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file)
                : KubernetesClientConfiguration.BuildDefaultConfig();
            using var client = new KubernetesClient(configuration);
            var within = TimeSpan.FromSeconds(parsed.GetValue(timeout));
            return await run(client, parsed.InvocationConfiguration.Output, parsed.GetValue(ns), within, ct) ? 0 : 1;
        });
        return command;
    }
}
