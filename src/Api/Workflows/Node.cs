namespace Bulkhead.Api.Workflows;

/// <summary>One step of the graph.</summary>
public sealed record Node
{
    /// <summary>Unique in the document (<c>name</c>, or <c>id</c> in a dependency graph).</summary>
    public required string Name { get; init; }

    /// <summary>The type as a reader of events and results sees it: <c>lua</c>, <c>sql</c>, <c>http.get</c>, <c>while_loop</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the node does.</summary>
    public required NodeWork Work { get; init; }

    /// <summary>State field that takes the result; default: the result object is merged over state.</summary>
    public string? Output { get; init; }

    /// <summary>Dependency graphs: names of the nodes that must have succeeded before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Dependency graphs: lower runs first among equals. Default 0.</summary>
    public int Priority { get; init; }

    public RetryPolicy? Retry { get; init; }

    /// <summary>What a failure does. Default: it fails the execution (or the branch).</summary>
    public OnError OnError { get; init; } = OnError.Raise;

    /// <summary>Node that runs next when this one has failed for good.</summary>
    public string? Fallback { get; init; }

    /// <summary>Wall time of one try. Default: none of its own.</summary>
    public TimeSpan? Timeout { get; init; }

    public Interrupt Interrupt { get; init; }

    /// <summary>Whether parallel sections join here.</summary>
    public bool FanIn { get; init; }

    /// <summary>Where the node stands in the input: <c>nodes[2]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>1-based line in the input, where known.</summary>
    public int? Line { get; init; }
}
