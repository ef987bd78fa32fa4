namespace Bulkhead.Api.Resources;

/// <summary>Status of a Connection: condition Ready.</summary>
public sealed record ConnectionStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    /// <summary>What works but not as well as it could, such as a server-side time-out that the server refuses.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
