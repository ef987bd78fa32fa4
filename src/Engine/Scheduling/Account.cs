using Bulkhead.Api.Contract;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What one visit of a node has used. Its host calls may run at the same time.</summary>
internal sealed class Account(Spending spending)
{
    private static readonly NodeUsage OneCall = new() { HostCalls = 1 };
    private readonly Lock _lock = new();
    private NodeUsage? _used;

    /// <summary>Null while nothing was used.</summary>
    public NodeUsage? Used
    {
        get
        {
            lock (_lock) return _used;
        }
    }

    /// <summary>Set once the budget was exceeded by this visit, or refused it something. A script that catches the error does not undo it.</summary>
    public NodeFailure? Refusal { get; private set; }

    /// <summary>Before a call: one more host call.</summary>
    /// <exception cref="NodeFailureException">COST_ERROR: the budget is exceeded.</exception>
    public void ChargeCall()
    {
        Refuse(spending.Exceeded());
        Charge(OneCall);
    }

    /// <summary>After a call: what it used.</summary>
    /// <inheritdoc cref="ChargeCall" path="/exception"/>
    public void Charge(NodeUsage usage)
    {
        lock (_lock) _used = _used is null ? usage : _used + usage;
        Refuse(spending.Add(usage));
    }

    /// <summary>Before a language model is asked.</summary>
    /// <exception cref="NodeFailureException">COST_ERROR: no token or no money is left.</exception>
    public void RequireTokens() => Refuse(spending.UsedUp());

    private void Refuse(NodeFailure? failure)
    {
        if (failure is null) return;
        Refusal ??= failure;
        throw new NodeFailureException(failure.Type, failure.Message, failure.Retryable);
    }
}
