using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>
/// Refuses, before anything is touched, a document whose calls of language models ask for more than its budget: <c>max_tokens</c> where it
/// stands as a number, and its cost where the connection has a price. Every node of a dependency graph runs, so all count together; in a
/// state graph each counts alone, because its nodes may be alternatives.
/// </summary>
public static class BudgetCheck
{
    private const string Call = "llm.call";

    /// <param name="workflow">A loaded document.</param>
    /// <param name="tenant">Whose connections are meant.</param>
    /// <param name="connections">All that are declared.</param>
    public static IReadOnlyList<Problem> Check(Workflow workflow, string tenant, IReadOnlyList<ConnectionDefinition> connections)
    {
        var budget = workflow.Settings.Budget;
        if (budget is { Tokens: null, Cost: null }) return [];
        var asked = workflow.Nodes.SelectMany(Deep).Select(node => Asked(node, tenant, connections)).OfType<(Node Node, long Tokens, double Cost)>().ToList();
        if (asked.Count == 0) return [];
        return workflow.Dialect == Dialect.DependencyGraph
            ? [.. Over(budget, asked.Sum(a => a.Tokens), asked.Sum(a => a.Cost), "the nodes together ask", "nodes", line: null)]
            : [.. asked.SelectMany(a => Over(budget, a.Tokens, a.Cost, $"node '{Quoted.Short(a.Node.Name)}' asks", a.Node.Path, a.Node.Line))];
    }

    private static IEnumerable<Node> Deep(Node node) => new Workflow { Dialect = Dialect.StateGraph, Name = "", Nodes = [node] }.AllNodes();

    private static (Node Node, long Tokens, double Cost)? Asked(Node node, string tenant, IReadOnlyList<ConnectionDefinition> connections)
    {
        var (settings, connection) = node.Work switch
        {
            PromptWork { Prompt: not null } prompt => (prompt.Config, prompt.Connection.Value),
            ActionWork { Uses: Call } action => (action.With, Text(action.With, "connection")),
            _ => default,
        };
        if (settings.ValueKind != JsonValueKind.Object || !settings.TryGetProperty("max_tokens", out var most) || most.ValueKind != JsonValueKind.Number || !most.TryGetInt64(out var tokens))
            return null;
        var used = connection is null ? null : ConnectionRule.Find(connections, tenant, connection);
        var price = used is null ? null : ModelPrice.Of(used, Text(settings, "model"));
        return (node, tokens, price?.CostOf(0, tokens) ?? 0);
    }

    private static IEnumerable<Problem> Over(Budget budget, long tokens, double cost, string who, string path, int? line)
    {
        if (tokens > budget.Tokens)
            yield return new Problem(ProblemClass.CostError, "BUDGET_TOO_SMALL", FormattableString.Invariant($"{who} for up to {tokens} tokens; settings.budget.tokens is {budget.Tokens}"), path, line);
        if (cost > budget.Cost)
            yield return new Problem(ProblemClass.CostError, "BUDGET_TOO_SMALL", FormattableString.Invariant($"{who} for tokens that may cost {cost:0.######}; settings.budget.cost is {budget.Cost:0.######}"), path, line);
    }

    private static string? Text(JsonElement value, string field) =>
        value.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
