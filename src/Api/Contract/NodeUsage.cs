using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>What a visit of a node, or a whole execution, has used. What is 0 is left out.</summary>
public sealed record NodeUsage
{
    /// <summary>Calls of actions and connections.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long HostCalls { get; init; }

    /// <summary>Rows that queries returned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Rows { get; init; }

    /// <summary>Bytes of the answers of connections and of plain URLs, as JSON in UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Bytes { get; init; }

    /// <summary>Tokens given to language models.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long InputTokens { get; init; }

    /// <summary>Tokens that language models gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OutputTokens { get; init; }

    /// <summary>Null where no price is configured.</summary>
    public double? Cost { get; init; }

    public static NodeUsage operator +(NodeUsage one, NodeUsage other) => new()
    {
        HostCalls = one.HostCalls + other.HostCalls,
        Rows = one.Rows + other.Rows,
        Bytes = one.Bytes + other.Bytes,
        InputTokens = one.InputTokens + other.InputTokens,
        OutputTokens = one.OutputTokens + other.OutputTokens,
        Cost = one.Cost is null ? other.Cost : one.Cost + (other.Cost ?? 0),
    };
}
