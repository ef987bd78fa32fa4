using System.Diagnostics;

namespace Bulkhead.Running;

/// <summary>
/// One worker process. Its standard input is the lifeline: closing it asks the worker to cancel, release and end; when this
/// process dies the kernel closes it. The environment is rebuilt, so that no secret of ours is in the worker's.
/// </summary>
public sealed class WorkerProcess : IDisposable
{
    public const string Name = "bulkhead-worker";

    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"];
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>The program that is laid beside this one.</summary>
    public static string Location => Path.Combine(AppContext.BaseDirectory, Name);

    /// <param name="program">Path of the worker program.</param>
    /// <param name="arguments">Its verb, the contract directory, options.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there or may not be run.</exception>
    public static WorkerProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var own = new Dictionary<string, string?>(start.Environment, StringComparer.Ordinal);
        start.Environment.Clear();
        foreach (var (name, value) in own.Where(v => Inherited.Contains(v.Key, StringComparer.Ordinal) || v.Key.StartsWith("DOTNET_", StringComparison.Ordinal)))
            start.Environment[name] = value;
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Cancel, release, prove, end.</summary>
    public void CloseLifeline() => _process.StandardInput.Close();

    public void Kill() => _process.Kill();

    public Task WaitForExitAsync() => _process.WaitForExitAsync(CancellationToken.None);

    public void Dispose() => _process.Dispose();
}
