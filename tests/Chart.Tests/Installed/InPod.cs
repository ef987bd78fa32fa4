using System.Diagnostics;
using System.Text;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The process of a pod, seen from the machine: our images have no shell to look from inside.</summary>
internal sealed record InPod(int Id)
{
    public static InPod Of(string program, string pod) => new(Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Single(id => id > 0 && Read(id, "cmdline").StartsWith(program, StringComparison.Ordinal) && Read(id, "environ").Split('\0').Contains($"HOSTNAME={pod}")));

    public IReadOnlyList<string> Environment => Read(Id, "environ").Split('\0');

    /// <summary>Where something is mounted, in the pod.</summary>
    public IReadOnlyList<string> Mounts => [.. Read(Id, "mounts").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1])];

    /// <summary>Files that the process has mapped, its assemblies among them.</summary>
    public string Maps => Read(Id, "maps");

    public IReadOnlyDictionary<string, string> Status => Read(Id, "status").Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal))
        .ToDictionary(line => line.Split(':')[0], line => line.Split(':')[1].Trim(), StringComparer.Ordinal);

    /// <summary>A path of the pod, as this machine reaches it.</summary>
    public string Outside(string path) => $"/proc/{Id}/root{path}";

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(Id);
        process.Kill();
    }

    /// <summary>Empty where the process is gone.</summary>
    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
