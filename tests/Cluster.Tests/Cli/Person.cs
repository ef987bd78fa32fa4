using System.Diagnostics;
using System.Text;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Cli;

/// <summary>Somebody with an account of their own, certain roles, a kubeconfig, and <c>bulkhead</c> on the PATH.</summary>
internal sealed class Person : IDisposable
{
    private readonly string _config = Path.GetTempFileName();

    private Person()
    {
    }

    /// <param name="cluster">Where.</param>
    /// <param name="ns">The namespace of the account, and of the kubeconfig's context.</param>
    /// <param name="name">Of the account.</param>
    /// <param name="here">Roles in that namespace.</param>
    /// <param name="everywhere">Roles in the whole cluster.</param>
    public static async Task<Person> WithRolesAsync(ExecutionCluster cluster, string ns, string name, string[] here, string[] everywhere)
    {
        await cluster.KubectlAsync(["-n", ns, "create", "serviceaccount", name]);
        foreach (var role in here)
            await cluster.KubectlAsync(["-n", ns, "create", "rolebinding", $"{name}-{role}", $"--clusterrole={role}", $"--serviceaccount={ns}:{name}"]);
        foreach (var role in everywhere)
            await cluster.KubectlAsync(["create", "clusterrolebinding", $"{ns}-{name}-{role}", $"--clusterrole={role}", $"--serviceaccount={ns}:{name}"]);
        await cluster.Client.CreateAsync(new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = $"{name}-token", NamespaceProperty = ns, Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = name } },
            Type = "kubernetes.io/service-account-token",
        });
        byte[]? token = null;
        await Eventually.TrueAsync(
            async () => (await cluster.Client.GetAsync<V1Secret>($"{name}-token", ns))?.Data?.TryGetValue("token", out token) == true, TimeSpan.FromSeconds(20), () => "no token");
        var person = new Person();
        await File.WriteAllTextAsync(person._config, await cluster.KubectlAsync(["config", "view", "--raw", "--minify", "--flatten"]));
        foreach (var change in (string[][])[["set-credentials", name, $"--token={Encoding.UTF8.GetString(token!)}"], ["set-context", "--current", $"--user={name}", $"--namespace={ns}"]])
            await Shell.RunAsync("kubectl", ["config", "--kubeconfig", person._config, .. change]);
        return person;
    }

    /// <summary>Runs a line of bash at the root of the repository.</summary>
    public async Task<Said> SayAsync(string line)
    {
        using var process = Start(line);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(limit.Token);
        return new Said(process.ExitCode, await output, await error);
    }

    public Process Start(string line)
    {
        var programs = Path.Combine(ApiServer.Root, "artifacts", "bulkhead");
        if (!File.Exists(Path.Combine(programs, "kubectl-bulkhead"))) throw new FileNotFoundException($"{programs}/kubectl-bulkhead is missing. Run: eng/test");
        var info = new ProcessStartInfo("bash", ["-o", "pipefail", "-c", line]) { UseShellExecute = false, WorkingDirectory = ApiServer.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["KUBECONFIG"] = _config;
        info.Environment["PATH"] = $"{programs}:{info.Environment["PATH"]}";
        return Process.Start(info)!;
    }

    public void Dispose() => File.Delete(_config);
}

/// <summary>How a command ended.</summary>
internal sealed record Said(int ExitCode, string Output, string Error);
