namespace Bulkhead.Api.Workflows;

/// <summary>
/// What one attempt of an execution may use (<c>settings.budget</c>), over all its branches and retries. <c>finally</c> is counted, but never
/// refused. Null means no limit.
/// </summary>
public sealed record Budget
{
    /// <summary>Calls of actions and connections.</summary>
    public long? HostCalls { get; init; }

    /// <summary>Rows that queries returned.</summary>
    public long? Rows { get; init; }

    /// <summary>Bytes of the answers of connections and of plain URLs, as JSON in UTF-8.</summary>
    public long? Bytes { get; init; }

    /// <summary>Tokens of language models, in and out.</summary>
    public long? Tokens { get; init; }

    /// <summary>Cost of language models, in the currency of the connections' <c>prices</c>.</summary>
    public double? Cost { get; init; }
}
