namespace Bulkhead.Api.Workflows;

/// <summary>What a node's failure does (<c>on_error.mode</c>).</summary>
public enum OnError
{
    /// <summary>The execution, or the branch, fails.</summary>
    Raise,

    /// <summary>The error is written into state (<c>error</c>, <c>error_type</c>, <c>error_node</c>) and the graph goes on.</summary>
    Graceful,

    /// <summary>The node is tried again by its retry policy, then fails.</summary>
    Retry,
}
