using System.Globalization;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>Requests that an API server has answered, by its own counter.</summary>
internal sealed record Requests(IReadOnlyDictionary<string, double> Rows)
{
    public static Requests Read(string metrics) => new(
        (from line in metrics.Split('\n')
         where line.StartsWith("apiserver_request_total{", StringComparison.Ordinal)
         let what = string.Join(' ', $"{Label(line, "verb")} {Label(line, "resource")} {Label(line, "subresource")}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
         group double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) by what)
        .ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal));

    public double All => Rows.Where(r => !r.Key.StartsWith("WATCH", StringComparison.Ordinal)).Sum(r => r.Value);

    public double Statuses => Of("PUT workflowexecutions status");

    public double Events => Of("POST events") + Of("PATCH events");

    public double Of(string what) => Rows.GetValueOrDefault(what);

    public Requests Since(Requests before) => new(Rows.ToDictionary(r => r.Key, r => r.Value - before.Of(r.Key), StringComparer.Ordinal));

    /// <summary>What came at least once for every twenty executions, most first.</summary>
    public string PerExecution(int executions) => string.Join(
        ", ",
        from row in Rows
        let each = row.Value / executions
        where each >= 0.05
        orderby each descending, row.Key
        select $"{row.Key} {each.ToString("0.0", CultureInfo.InvariantCulture)}");

    private static string Label(string line, string name)
    {
        var at = Math.Max(line.IndexOf($",{name}=\"", StringComparison.Ordinal), line.IndexOf($"{{{name}=\"", StringComparison.Ordinal));
        return at < 0 ? "" : line[(at + name.Length + 3)..line.IndexOf('"', at + name.Length + 3)];
    }
}
