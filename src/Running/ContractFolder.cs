using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>
/// The contract directory of one local execution: mode 0700, in memory-backed storage where the machine has it, removed at
/// the end. A run that was killed leaves its folder to the worker; what both left is swept by the next run.
/// </summary>
internal sealed class ContractFolder : IDisposable
{
    private const string Prefix = "bulkhead-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ContractFolder(string path) => Path = path;

    public string Path { get; }

    public static ContractFolder Create(Job job, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets)
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Sweep(root);
        var folder = new ContractFolder(System.IO.Path.Combine(root, $"{Prefix}{Environment.UserName}-{Environment.ProcessId}-{job.ExecutionUid:n}"));
        Directory.CreateDirectory(folder.Path, OwnerOnly);
        try
        {
            System.IO.File.WriteAllBytes(folder.Inside(ContractPaths.Job), JsonSerializer.SerializeToUtf8Bytes(job, ContractJson.Default.Job));
            foreach (var (connection, secret) in secrets)
            {
                var path = folder.Inside(ContractPaths.Connections, connection);
                Directory.CreateDirectory(path, OwnerOnly);
                foreach (var (key, value) in secret) System.IO.File.WriteAllText(System.IO.Path.Combine(path, key), value);
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        return folder;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    /// <summary>The processes that name a folder of this execution on their command line: its workers.</summary>
    public static List<int> Holders(Guid executionUid) => [.. Processes($"-{executionUid:n}", WorkerProcess.Name)];

    private string Inside(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Removes folders of this user whose starter and worker are both gone.</summary>
    private static void Sweep(string root)
    {
        foreach (var folder in Directory.EnumerateDirectories(root, $"{Prefix}{Environment.UserName}-*"))
        {
            var parts = System.IO.Path.GetFileName(folder).Split('-');
            if (parts.Length < 4 || !int.TryParse(parts[^2], out var starter) || Alive(starter) || WorkerHolds(folder)) continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run sweeps at the same moment.
            }
        }
    }

    private static bool Alive(int pid) => Directory.Exists($"/proc/{pid}");

    private static bool WorkerHolds(string folder) => Processes(folder).Any();

    private static IEnumerable<int> Processes(params string[] words) => Directory.EnumerateDirectories("/proc")
        .Where(p => int.TryParse(System.IO.Path.GetFileName(p), out _) && CommandLine(p) is var line && Array.TrueForAll(words, w => line.Contains(w, StringComparison.Ordinal)))
        .Select(p => int.Parse(System.IO.Path.GetFileName(p)));

    private static string CommandLine(string process)
    {
        try
        {
            return System.IO.File.ReadAllText($"{process}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
