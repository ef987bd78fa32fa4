using System.Text.Json;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster.Describing;

/// <summary>The nodes of an execution as a tree: those of the trunk in the order of the document, then each branch with its own. Pure.</summary>
internal static class NodeTree
{
    /// <param name="execution">As it stands.</param>
    /// <param name="lines">Null: the worker's log was not read, so that nobody knows; a node without a line must not look as if it waited.</param>
    public static Tree? Of(WorkflowExecutionEntity execution, IReadOnlyList<NodeLine>? lines)
    {
        var names = Names(execution.Spec.Workflow);
        if (lines is null) return Unknown(execution, names);
        var order = names.Select((name, i) => (name, i)).DistinctBy(n => n.name).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        var seen = lines.Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        var missing = names.Where(n => !seen.Contains(n)).Select(n => new NodeLine(n, null, execution.IsFinished() ? "NotRun" : "Waiting"));
        var branches = lines.Concat(missing).ToLookup(l => l.Branch);
        if (branches.Count == 0) return null;
        var tree = new Tree($"Nodes: {Counts(execution, lines)}");
        foreach (var line in branches[null].OrderBy(l => order.GetValueOrDefault(l.Name, int.MaxValue))) tree.AddNode(Line(line));
        foreach (var branch in branches.Where(b => b.Key is not null))
        {
            if (branch.ToList() is [var only] && only.Name == branch.Key)
            {
                tree.AddNode(Line(only));
                continue;
            }

            var arm = tree.AddNode(new Text(Printable.Safe($"branch {branch.Key}")));
            foreach (var line in branch) arm.AddNode(Line(line));
        }

        return tree;
    }

    private static Tree? Unknown(WorkflowExecutionEntity execution, List<string> names)
    {
        if (names.Count == 0) return null;
        var tree = new Tree($"Nodes: {execution.Status?.Nodes?.Total ?? names.Count}, their states are not known: the log of the worker was not read");
        foreach (var name in names) tree.AddNode(new Text(name));
        return tree;
    }

    private static string Counts(WorkflowExecutionEntity execution, IReadOnlyList<NodeLine> lines)
    {
        if (execution.Status?.Nodes is not { } nodes) return "none yet";
        var (done, failed, running) = execution.IsFinished()
            ? (nodes.Done, nodes.Failed, 0)
            : (lines.Count(l => l.State == "Succeeded"), lines.Count(l => l.State == "Failed"), lines.Count(l => l.State == NodeLines.Running));
        return $"{done} of {nodes.Total} done{(failed > 0 ? $", {failed} failed" : "")}{(running > 0 ? $", {running} running" : "")}";
    }

    private static Text Line(NodeLine line) => new(
        Printable.Safe($"{line.Name}  {line.State}{(line.Took is { } took ? $" {Elapsed.Text(took)}" : "")}{(line.Visits > 1 ? $" (visit {line.Visits})" : "")}{(line.Error is { } error ? $"  {error}" : "")}"),
        new Style(line.State switch { "Succeeded" => Color.Green, "Failed" => Color.Red, NodeLines.Running => Color.Yellow, _ => Color.Grey }));

    /// <summary>As its author wrote them; a document that is no workflow has none.</summary>
    private static List<string> Names(JsonElement? workflow) =>
        workflow is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array
            ? [.. nodes.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.Object).Select(n => Text(n, "name") ?? Text(n, "id")).OfType<string>()]
            : [];

    private static string? Text(JsonElement node, string field) => node.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
