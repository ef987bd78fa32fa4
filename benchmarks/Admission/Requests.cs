namespace Bulkhead.Admission.Benchmarks;

/// <summary>Counts of requests by resource, subresource and verb.</summary>
internal sealed record Requests(IReadOnlyList<(string Resource, string Subresource, string Verb, double Count)> Rows)
{
    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    public double All => Rows.Sum(r => r.Count);

    public double Statuses => Rows.Where(r => r is { Resource: "workflowexecutions", Subresource: "status" } && Writes.Contains(r.Verb)).Sum(r => r.Count);

    public double Events => Rows.Where(r => r.Resource == "events" && Writes.Contains(r.Verb)).Sum(r => r.Count);

    public double Of(string resource, params string[] verbs) => Rows.Where(r => r.Resource == resource && verbs.Contains(r.Verb)).Sum(r => r.Count);
}
