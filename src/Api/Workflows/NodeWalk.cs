namespace Bulkhead.Api.Workflows;

/// <summary>Walks over all nodes of a workflow, however deep.</summary>
public static class NodeWalk
{
    /// <summary>Every node: those of the graph and <c>finally</c>, and inside them loop bodies, steps and subgraphs.</summary>
    public static IEnumerable<Node> AllNodes(this Workflow workflow) => workflow.Nodes.Concat(workflow.Finally).SelectMany(Deep);

    /// <summary>The connection that a node names, or null.</summary>
    public static ConnectionRef? Connection(this Node node) => node.Work switch
    {
        QueryWork query => query.Connection,
        PromptWork prompt => prompt.Connection,
        HttpWork http => http.Connection,
        _ => null,
    };

    private static IEnumerable<Node> Deep(Node node) => node.Work switch
    {
        LoopWork loop => loop.Body.SelectMany(Deep).Prepend(node),
        FanOutWork fanOut => fanOut.Steps.SelectMany(Deep).Concat(fanOut.Subgraph?.AllNodes() ?? []).Prepend(node),
        _ => [node],
    };
}
