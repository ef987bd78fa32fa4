namespace Bulkhead.Api.Workflows;

/// <summary>The two spellings of a workflow document. The model is one.</summary>
public enum Dialect
{
    /// <summary>Nodes have <c>name</c>; edges decide what runs next (The Edge Agent).</summary>
    StateGraph,

    /// <summary>Nodes have <c>id</c>; <c>depends_on</c> decides the order (NORP-005).</summary>
    DependencyGraph,
}
