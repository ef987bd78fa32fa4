namespace Bulkhead.Cli.Tests;

/// <summary>ASP.NET is loaded by <c>bulkhead serve</c> and by nothing else; the client of a cluster by the commands against one.</summary>
public sealed class AspNetTests
{
    private const string Waits = "name: waits\nnodes:\n  - {name: wait, run: \"sleep(60)\"}\n";

    [Fact]
    public async Task Run_WhileItRuns_HasNotLoadedAspNet()
    {
        using var document = new TemporaryFile(Waits, ".yaml");
        using var run = CliRun.Start(["run", document.Path, "--events", "-"]);
        await run.WaitForEventAsync("node_start");

        Loaded(run.Id).ShouldNotContain("Microsoft.AspNetCore");
        Loaded(run.Id).ShouldNotContain("KubernetesClient.dll");
        Loaded(run.Id).ShouldNotContain("KubeOps.Operator.dll");
        Loaded(run.Id).ShouldContain("Bulkhead.Running.dll", Case.Sensitive, "the look must be able to see what is loaded");
        run.Signal("TERM");
        (await run.EndAsync()).ExitCode.ShouldBe(130);
    }

    [Fact]
    public async Task Serve_WhileItRuns_HasLoadedAspNet()
    {
        using var tokens = new TemporaryFile("", ".yaml");
        using var serve = CliRun.Start(["serve", "--listen", "127.0.0.1:0", "--tokens", tokens.Path]);
        (await serve.ReadLineAsync()).ShouldStartWith("bulkhead serve listens on http://127.0.0.1:");

        Loaded(serve.Id).ShouldContain("Microsoft.AspNetCore.Server.Kestrel.Core.dll");
        serve.Signal("TERM");
        (await serve.EndAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Serve_EverythingWrong_Exits2WithEveryFault()
    {
        var run = await CliRun.RunAsync(["serve", "--listen", "0.0.0.0:0", "--tokens", "no-such-tokens", "--connections", "no-such-connections"]);

        run.ExitCode.ShouldBe(2);
        foreach (var code in new[] { "TLS_REQUIRED", "no-such-tokens", "no-such-connections" }) run.Error.ShouldContain(code);
    }

    private static string Loaded(int pid) => File.ReadAllText($"/proc/{pid}/maps");
}
