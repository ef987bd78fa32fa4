using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Lua;

/// <summary>The second stage of validation: every script of a workflow is compiled, none is run.</summary>
public static class ScriptCheck
{
    /// <summary>All syntax faults, each with the node's path and, where the document's lines are known, the line of the node.</summary>
    public static IReadOnlyList<Problem> Problems(Workflow workflow) =>
        [.. workflow.Nodes.Concat(workflow.Finally).SelectMany(ProblemsOf)];

    private static IEnumerable<Problem> ProblemsOf(Node node) => node.Work switch
    {
        LuaWork lua => LuaSyntax.Check(lua.Code, node.Name) is { } fault
            ? [new Problem(ProblemClass.StructuralError, "LUA_SYNTAX", $"Node '{node.Name}', script line {fault.Line}: {fault.Message}", node.Path, node.Line)]
            : [],
        LoopWork loop => loop.Body.SelectMany(ProblemsOf),
        FanOutWork fanOut => fanOut.Steps.SelectMany(ProblemsOf).Concat(fanOut.Subgraph is { } subgraph ? Problems(subgraph) : []),
        _ => [],
    };
}
