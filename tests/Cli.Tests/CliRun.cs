using System.Diagnostics;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Tests;

/// <summary>One real <c>bulkhead</c> process.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];

    private CliRun(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>Standard output so far, line by line.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public static async Task<CliResult> RunAsync(string[] arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var run = Start(arguments, environment, input is not null);
        if (input is not null)
        {
            await run._process.StandardInput.WriteAsync(input);
            run._process.StandardInput.Close();
        }

        return await run.EndAsync();
    }

    public static CliRun Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, bool withInput = false)
    {
        var start = new ProcessStartInfo(Repository.Bulkhead, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = withInput,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new CliRun(Process.Start(start)!);
    }

    /// <summary>Reads standard output until an event of this type (and field value) comes.</summary>
    public async Task<JsonElement> WaitForEventAsync(string type, Func<JsonElement, bool>? where = null)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Add(line);
            if (!line.StartsWith('{')) continue;
            var json = JsonElement.Parse(line);
            if (json.TryGetProperty("type", out var t) && t.GetString() == type && (where is null || where(json))) return json;
        }

        throw new InvalidOperationException($"The run ended without the event {type}: {string.Join('\n', _lines)} {await _error}");
    }

    /// <summary>The next line of standard output.</summary>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await _error);

    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by name: INT, TERM.</summary>
    public void Signal(string name) => SignalTo(_process.Id, name);

    public static void SignalTo(int pid, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        kill.WaitForExit();
    }

    public async Task<CliResult> EndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _lines.Add(line);
        await _process.WaitForExitAsync();
        return new CliResult(_process.ExitCode, string.Join('\n', _lines), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}

/// <summary>How a <c>bulkhead</c> process ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>The result of <c>--output json</c>: the last line of standard output.</summary>
    public ExecutionResult Result => JsonSerializer.Deserialize(Output.Split('\n')[^1], ContractJson.Default.ExecutionResult)!;

    /// <summary>The events of <c>--events -</c>.</summary>
    public IReadOnlyList<JsonElement> Events =>
        [.. Output.Split('\n').Where(l => l.StartsWith("{\"type\"", StringComparison.Ordinal)).Select(l => JsonElement.Parse(l))];
}
