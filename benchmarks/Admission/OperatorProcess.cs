using System.Diagnostics;
using System.Globalization;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>The operator as a process of its own, without leader election.</summary>
internal sealed class OperatorProcess : IDisposable
{
    private readonly Process _process;

    private OperatorProcess(Process process) => _process = process;

    /// <summary>Resident memory in MB: now, and the most so far.</summary>
    public (int Now, int Most) Memory => (Read("VmRSS:"), Read("VmHWM:"));

    public TimeSpan Processor => _process.TotalProcessorTime;

    public static OperatorProcess Start(string program, string kubeconfig, int slots)
    {
        string[] arguments =
        [
            program, "--kubeconfig", kubeconfig, "--no-leader-election", "--listen", "", "--worker-image", "none",
            "--max-concurrent-executions", slots.ToString(CultureInfo.InvariantCulture),
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) == true) Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        return new OperatorProcess(process);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private int Read(string field) =>
        int.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
