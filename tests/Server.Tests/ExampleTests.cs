using System.Diagnostics;
using Bulkhead.Server.Tests.Running;

namespace Bulkhead.Server.Tests;

/// <summary>examples/serve against a real server.</summary>
[Collection(ServeCollection.Name)]
public sealed class ExampleTests
{
    [Fact]
    public async Task Client_HelloExample_ShowsItsEventsAndItsResult()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        using var server = await ServeProcess.StartAsync(folder);

        var (exitCode, output) = await RunAsync(server.Address, token, Repository.Example("hello.yaml"));

        exitCode.ShouldBe(0, output);
        output.ShouldContain(" agent_started hello");
        output.ShouldContain(" agent_completed succeeded");
        output.TrimEnd().Split('\n')[^1].ShouldStartWith("Succeeded {");
    }

    [Fact]
    public async Task Client_FaultyDocument_ShowsTheFaults()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        using var server = await ServeProcess.StartAsync(folder);

        var (exitCode, output) = await RunAsync(server.Address, token, folder.Tokens);

        exitCode.ShouldBe(2);
        output.ShouldContain("422");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Uri server, string token, string file)
    {
        var client = Path.Combine(AppContext.BaseDirectory, "Bulkhead.ServeClient.dll");
        var start = new ProcessStartInfo("dotnet", [client, server.ToString(), file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["BULKHEAD_TOKEN"] = token;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
