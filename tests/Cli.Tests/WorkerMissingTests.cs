using System.Diagnostics;

namespace Bulkhead.Cli.Tests;

/// <summary>An installation that lacks its worker.</summary>
public sealed class WorkerMissingTests
{
    [Fact]
    public async Task Run_WorkerProgramMissing_Exits3AndSaysWhy()
    {
        var folder = Directory.CreateTempSubdirectory("bulkhead-broken-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Repository.Bulkhead)!).Where(f => Path.GetFileName(f) != "bulkhead-worker"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

            using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "bulkhead"), ["run", Repository.Example("hello.yaml")])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            process.ExitCode.ShouldBe(3, output);
            output.ShouldContain("The worker program could not be started");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
