using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What one execution has used so far, over all its branches, against its budget.</summary>
/// <param name="budget">The limits.</param>
/// <param name="whole">What this is a part of and adds to, without being refused by it; null for the whole.</param>
internal sealed class Spending(Budget budget, Spending? whole = null)
{
    private readonly Lock _lock = new();
    private NodeUsage _total = new();

    public NodeUsage Total
    {
        get
        {
            lock (_lock) return _total;
        }
    }

    /// <summary>The same account for what must run in any case.</summary>
    public Spending Unlimited() => new(new Budget(), this);

    /// <returns>The failure when the budget is exceeded now.</returns>
    public NodeFailure? Add(NodeUsage usage)
    {
        whole?.Add(usage);
        lock (_lock) _total += usage;
        return Exceeded();
    }

    /// <summary>The failure when more was used than the budget allows; null while nothing was.</summary>
    public NodeFailure? Exceeded()
    {
        var total = Total;
        return Over("host calls", total.HostCalls, budget.HostCalls)
            ?? Over("rows", total.Rows, budget.Rows)
            ?? Over("bytes", total.Bytes, budget.Bytes)
            ?? Over("tokens", total.InputTokens + total.OutputTokens, budget.Tokens)
            ?? Over("cost", total.Cost ?? 0, budget.Cost);
    }

    /// <summary>The failure when no token or no money is left for a further answer of a language model.</summary>
    public NodeFailure? UsedUp()
    {
        var total = Total;
        if (budget.Tokens is { } tokens && total.InputTokens + total.OutputTokens >= tokens) return Failure("The budget of {0} tokens is used up.", tokens);
        return budget.Cost is { } cost && total.Cost >= cost ? Failure("The budget of {0} in cost is used up.", cost) : null;
    }

    private static NodeFailure? Over(string what, double used, double? limit) => used <= limit || limit is null
        ? null
        : Failure(what == "cost" ? "The budget of {0} in cost is exceeded: {1} was used." : $"The budget of {{0}} {what} is exceeded: {{1}} were used.", limit, used);

    private static NodeFailure Failure(string text, params object?[] values) =>
        new(NodeFailure.CostError, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, values), Retryable: false);
}
