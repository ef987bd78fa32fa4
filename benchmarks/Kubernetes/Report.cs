using System.Diagnostics;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>Rows of a table, printed as markdown.</summary>
internal sealed class Report
{
    private readonly List<(string What, string Value)> _rows = [];

    public void Add(string what, string value)
    {
        _rows.Add((what, value));
        Console.Error.WriteLine($"{what}: {value}");
    }

    public void AddTimes(string what, IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(t => t.TotalMilliseconds).Order().ToList();
        Add(what, $"p50 {At(sorted, 0.5):0.0} ms, p90 {At(sorted, 0.9):0.0} ms, p99 {At(sorted, 0.99):0.0} ms, most {sorted[^1]:0.0} ms (n = {sorted.Count})");
    }

    public static string Rss()
    {
        using var process = Process.GetCurrentProcess();
        return $"{process.WorkingSet64 / 1024 / 1024} MB";
    }

    public void Print()
    {
        Console.WriteLine("| what | measured |\n|---|---|");
        foreach (var (what, value) in _rows)
            Console.WriteLine($"| {what} | {value} |");
    }

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * part) - 1)];
}
