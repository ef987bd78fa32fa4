using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Cli.Output;

namespace Bulkhead.Cli.Cluster.Describing;

/// <summary>How the nodes stand: by the rows of the status once it has ended, by the worker's events before. Pure.</summary>
internal static class NodeLines
{
    public const string Running = nameof(Running);

    public static IReadOnlyList<NodeLine> Of(IEnumerable<NodeRow> rows) => Fold(rows.Select(r => new NodeLine(r.Name, r.Branch, r.Status)
    {
        Took = r.DurationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        Error = r.ErrorType is null ? r.Error : $"{r.ErrorType}: {r.Error}",
    }));

    public static IReadOnlyList<NodeLine> Of(IEnumerable<ExecutionEvent> events, DateTimeOffset now)
    {
        var (started, ended) = (new Dictionary<(string?, string), DateTimeOffset>(), new List<NodeLine>());
        foreach (var e in events.Where(e => e.Node is not null))
        {
            var key = (e.Branch, e.Node!);
            switch (e.Type)
            {
                case "node_start":
                    started[key] = e.Timestamp;
                    break;
                case "node_complete" or "node_error" when started.Remove(key, out var since):
                    ended.Add(e.Type == "node_complete"
                        ? new NodeLine(e.Node!, e.Branch, nameof(NodeStatus.Succeeded)) { Took = e.Timestamp - since }
                        : new NodeLine(e.Node!, e.Branch, nameof(NodeStatus.Failed)) { Took = e.Timestamp - since, Error = $"{EventText.Field(e, "error_type")}: {EventText.Field(e, "error")}" });
                    break;
            }
        }

        return Fold(ended.Concat(started.Select(s => new NodeLine(s.Key.Item2, s.Key.Item1, Running) { Took = now - s.Value })));
    }

    /// <summary>The visits of a node in a branch become one line: the last one, or the one that failed.</summary>
    private static List<NodeLine> Fold(IEnumerable<NodeLine> visits) =>
    [
        .. from visit in visits
           group visit by (visit.Branch, visit.Name) into node
           let shown = node.FirstOrDefault(v => v.State == nameof(NodeStatus.Failed)) ?? node.Last()
           select shown with { Visits = node.Count() },
    ];
}
