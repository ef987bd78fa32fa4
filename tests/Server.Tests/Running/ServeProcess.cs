using System.Diagnostics;

namespace Bulkhead.Server.Tests.Running;

/// <summary>One real <c>bulkhead serve</c> process on a free port of the loopback.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _log;

    private ServeProcess(Process process, Task<string> log) => (_process, _log) = (process, log);

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    public static async Task<ServeProcess> StartAsync(ServeFolder folder, params string[] options)
    {
        var start = new ProcessStartInfo(Repository.Bulkhead, ["serve", "--listen", "127.0.0.1:0", "--tokens", folder.Tokens, "--data", folder.Data, .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (File.Exists(folder.Connections)) start.ArgumentList.Add("--connections");
        if (File.Exists(folder.Connections)) start.ArgumentList.Add(folder.Connections);
        foreach (var (name, value) in folder.Secrets) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var server = new ServeProcess(process, process.StandardError.ReadToEndAsync());
        var line = await process.StandardOutput.ReadLineAsync();
        server.Address = new Uri((line ?? throw new InvalidOperationException($"The server did not start: {await server._log}")).Split(' ')[^1]);
        return server;
    }

    public ApiClient Client(string token) => new(Address, token);

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by name: TERM, STOP, CONT.</summary>
    public void Signal(string name) => SignalTo(Id, name);

    public static void SignalTo(int pid, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Log)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _log);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
