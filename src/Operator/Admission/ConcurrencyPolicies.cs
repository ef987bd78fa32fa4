namespace Bulkhead.Operator.Admission;

/// <summary>What an execution wants to happen when another one with its concurrencyKey is there already.</summary>
internal static class ConcurrencyPolicies
{
    /// <summary>Both run.</summary>
    public const string Allow = nameof(Allow);

    /// <summary>It waits. The default.</summary>
    public const string Queue = nameof(Queue);

    /// <summary>The other one is ended; it waits until that one is released.</summary>
    public const string Replace = nameof(Replace);

    /// <summary>It fails.</summary>
    public const string Forbid = nameof(Forbid);
}
