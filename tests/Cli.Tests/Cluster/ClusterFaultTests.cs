using System.Net;
using System.Net.Sockets;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Clusters that cannot be used: what the command says, and its exit code.</summary>
public sealed class ClusterFaultTests
{
    [Fact]
    public async Task NoKubeconfig_SaysWhichOptionToGive()
    {
        var run = await CliRun.RunAsync(["list", "--kubeconfig", "no-such-file"]);

        (run.ExitCode, run.Error.Trim()).ShouldBe((3, "No kubeconfig at no-such-file. Give --kubeconfig FILE or --context NAME, or set KUBECONFIG."));
    }

    [Fact]
    public async Task ClusterAway_SaysWhereItAsked()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://{closed.LocalEndpoint}";
        closed.Stop();
        using var config = Config(address);

        var run = await CliRun.RunAsync(["list", "--kubeconfig", config.Path]);

        run.ExitCode.ShouldBe(3, run.Error);
        run.Error.ShouldStartWith($"The cluster at {address}/ does not answer: ");
        run.Error.ShouldContain("kubectl cluster-info");
    }

    [Fact]
    public async Task UnknownContext_IsNamed()
    {
        using var config = Config("http://127.0.0.1:1");

        var run = await CliRun.RunAsync(["get", "x", "--kubeconfig", config.Path, "--context", "other"]);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("The kubeconfig has no context 'other'.");
    }

    [Fact]
    public async Task Submit_FaultyDocument_ExitsWith2BeforeAnyClusterIsLookedFor()
    {
        using var document = new TemporaryFile("name: x\nnodes:\n  - {name: one, rum: \"return {}\"}\n", ".yaml");

        var run = await CliRun.RunAsync(["submit", document.Path, "--kubeconfig", "no-such-file"]);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain("line 3, nodes[0].rum: unknown field 'rum'; did you mean 'run'?");
    }

    private static TemporaryFile Config(string server) => new(
        $"current-context: it\ncontexts:\n- name: it\n  context:\n    cluster: it\nclusters:\n- name: it\n  cluster:\n    server: {server}\n", ".yaml");
}
