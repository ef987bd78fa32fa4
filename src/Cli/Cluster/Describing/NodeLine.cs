namespace Bulkhead.Cli.Cluster.Describing;

/// <summary>One node of one branch, as it stands.</summary>
internal sealed record NodeLine(string Name, string? Branch, string State)
{
    public TimeSpan? Took { get; init; }

    public string? Error { get; init; }

    /// <summary>More than 1 in a loop.</summary>
    public int Visits { get; init; } = 1;
}
