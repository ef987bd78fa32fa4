using System.CommandLine;
using k8s;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Hooks;

/// <summary>The verbs that the chart's hooks run: short-lived, beside the operator. Exit codes: 0 done, 1 not done in time.</summary>
internal static class HookCommands
{
    public static Command Drain()
    {
        var ns = new Option<string?>("--namespace") { Description = "The only namespace to look at. Default: all." };
        return Create(
            "drain", "Ends every execution and waits until its connections are released: before the operator is uninstalled.", 240, [ns],
            (client, parsed, within, ct) => new Drain(client, parsed.InvocationConfiguration.Output, TimeProvider.System).RunAsync(parsed.GetValue(ns), within, ct));
    }

    public static Command Smoke()
    {
        var ns = new Option<string>("--namespace") { Description = "Where.", Required = true };
        var user = new Option<string>("--user") { Description = "The execution's userId.", DefaultValueFactory = _ => "smoke" };
        return Create(
            "smoke", "Runs one real execution and takes it away again: after an installation.", 60, [ns, user],
            (client, parsed, within, ct) =>
                new Smoke(client, parsed.InvocationConfiguration.Output, TimeProvider.System).RunAsync(parsed.GetValue(ns)!, parsed.GetValue(user)!, within, ct));
    }

    private static Command Create(
        string name, string description, int seconds, IEnumerable<Option> own, Func<IKubernetesClient, ParseResult, TimeSpan, CancellationToken, Task<bool>> run)
    {
        var timeout = new Option<int>("--timeout") { Description = "Most seconds for it.", DefaultValueFactory = _ => seconds };
        var kubeConfig = new Option<string?>("--kubeconfig") { Description = "Default: the pod's service account, or KUBECONFIG." };
        var command = new Command(name, description) { timeout, kubeConfig };
        foreach (var option in own) command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var configuration = parsed.GetValue(kubeConfig) is { } file
                ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file)
                : KubernetesClientConfiguration.BuildDefaultConfig();
            using var client = new KubernetesClient(configuration);
            var within = TimeSpan.FromSeconds(parsed.GetValue(timeout));
            return await run(client, parsed, within, ct) ? 0 : 1;
        });
        return command;
    }
}
