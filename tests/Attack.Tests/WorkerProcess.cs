using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Attack.Tests;

/// <summary>One execution in a real worker process of its own.</summary>
internal static class WorkerProcess
{
    private static readonly string Program = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Worker").Value!;

    internal static Task<(int ExitCode, ExecutionResult Result)> RunAsync(JsonElement workflow, IReadOnlyDictionary<string, string>? environment = null) =>
        InAsync(workflow, environment, async (process, _) =>
        {
            var errors = process.StandardError.ReadToEndAsync();
            string? last = null;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
                last = line;
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            last.ShouldNotBeNull(await errors);
            last.ShouldStartWith(ContractPaths.ResultPrefix);
            return (process.ExitCode, JsonSerializer.Deserialize(last[ContractPaths.ResultPrefix.Length..], ContractJson.Default.ExecutionResult)!);
        });

    /// <summary>Everything that it wrote, of which nobody reads a line before the run has ended.</summary>
    internal static Task<string[]> LinesAfterItsEndAsync(JsonElement workflow) => InAsync(workflow, null, async (process, directory) =>
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!File.Exists(Path.Combine(directory, ContractPaths.Termination))) await Task.Delay(20, limit.Token);
        var lines = (await process.StandardOutput.ReadToEndAsync(limit.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(limit.Token);
        return lines;
    });

    private static async Task<T> InAsync<T>(JsonElement workflow, IReadOnlyDictionary<string, string>? environment, Func<Process, string, Task<T>> watch)
    {
        var directory = Directory.CreateTempSubdirectory("bulkhead-attack-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(directory.FullName, ContractPaths.Job), JsonSerializer.SerializeToUtf8Bytes(JobOf(workflow), ContractJson.Default.Job));
            using var process = Start(directory.FullName, environment ?? new Dictionary<string, string>(StringComparer.Ordinal));
            return await watch(process, directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Process Start(string directory, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "run", directory]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static Job JobOf(JsonElement workflow) => new()
    {
        ExecutionUid = Guid.NewGuid(),
        Attempt = 1,
        TenantId = "acme",
        UserId = "default_user",
        ThreadId = Guid.NewGuid().ToString(),
        RunId = Guid.NewGuid().ToString(),
        Workflow = workflow,
        Inputs = JsonElement.Parse("{}"),
    };
}
