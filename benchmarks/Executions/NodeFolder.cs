using System.Globalization;
using System.Text.Json;

namespace Bulkhead.Executions.Benchmarks;

/// <summary>What <c>eng/cluster</c> keeps beside the kubeconfig: the logs of its daemons, and the audit log where it was asked for.</summary>
internal sealed class NodeFolder(string kubeconfig)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(kubeconfig))!;

    /// <summary>When the kubelet asked the runtime to start a container: before runc, and so before the worker's process.</summary>
    public DateTimeOffset StartAsked(string container) => At($"StartContainer for \\\"{container}\\\"\"");

    /// <summary>When runc had started its process.</summary>
    public DateTimeOffset Started(string container) => At($"StartContainer for \\\"{container}\\\" returns successfully");

    /// <summary>Changes that an account has made in a namespace, by kind of resource.</summary>
    public IReadOnlyDictionary<string, int> Writes(string account, string ns) => Lines("audit.log")
        .Select(l => JsonElement.Parse(l))
        .Where(e => e.GetProperty("user").GetProperty("username").GetString() == account
            && e.GetProperty("verb").GetString() is "create" or "update" or "patch" or "delete"
            && e.GetProperty("objectRef").TryGetProperty("namespace", out var at) && at.GetString() == ns)
        .GroupBy(e => e.GetProperty("objectRef").GetProperty("resource").GetString()!)
        .ToDictionary(g => g.Key, g => g.Count());

    private DateTimeOffset At(string message) =>
        DateTimeOffset.Parse(Lines("logs/containerd.log").First(l => l.Contains(message, StringComparison.Ordinal)).Split('"')[1], CultureInfo.InvariantCulture);

    private IEnumerable<string> Lines(string file)
    {
        using var stream = new FileStream(Path.Combine(_folder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
