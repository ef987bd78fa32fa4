namespace Bulkhead.Api.Loading;

/// <summary>Where a node stands, which decides the fields it may have.</summary>
internal enum NodePlace
{
    /// <summary>A step of a state graph.</summary>
    StateGraph,

    /// <summary>A step of a dependency graph.</summary>
    DependencyGraph,

    /// <summary>One of a sequence: a loop's body, the steps of a branch, <c>finally</c>.</summary>
    Sequence,

    /// <summary>A sequence inside a loop's body, where another loop is refused.</summary>
    LoopBody,
}
