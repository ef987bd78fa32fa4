using System.Text.Json;

namespace Bulkhead.Api.Workflows;

/// <summary>What a node does. One record for each kind; the engine has one runner for each.</summary>
public abstract record NodeWork;

/// <summary>A Lua chunk; its returned value is the node's result.</summary>
public sealed record LuaWork(string Code) : NodeWork;

/// <summary>A Lua expression over state, variables and result.</summary>
public sealed record ExpressionWork(string Expression) : NodeWork;

/// <summary>A registered action (<c>uses: http.get</c>) with templated parameters.</summary>
public sealed record ActionWork(string Uses, JsonElement With) : NodeWork;

/// <summary>
/// One use of a connection (<c>sql</c>, <c>datasource</c>, <c>database_query</c>). Without <paramref name="Sql"/> the
/// connection is acquired and checked, nothing more. Parameters are a JSON array or object of templates.
/// </summary>
public sealed record QueryWork(ConnectionRef Connection, string? Sql, JsonElement Parameters) : NodeWork;

/// <summary>A chat completion over a connection; without a prompt the connection is acquired and checked.</summary>
public sealed record PromptWork(ConnectionRef Connection, JsonElement? Prompt, JsonElement Config) : NodeWork;

/// <summary>One HTTP request; the URL is relative where a connection is named.</summary>
public sealed record HttpWork(ConnectionRef? Connection, string Method, JsonElement Request) : NodeWork;

/// <summary>A template whose rendered value is the node's result (<c>transform</c>, <c>output</c>).</summary>
public sealed record TemplateWork(JsonElement Template) : NodeWork;

/// <summary>A loop over a body of sequential nodes (<c>while_loop</c>).</summary>
public sealed record LoopWork(string Condition, int MaxIterations, IReadOnlyList<Node> Body) : NodeWork;

/// <summary>One branch for each item of a list (<c>dynamic_parallel</c>).</summary>
public sealed record FanOutWork : NodeWork
{
    /// <summary>Expression whose value is the list.</summary>
    public required string Items { get; init; }

    /// <summary>State field that holds the item in its branch. Default <c>item</c>.</summary>
    public string ItemVariable { get; init; } = "item";

    /// <summary>State field that holds the 0-based index in its branch. Default <c>index</c>.</summary>
    public string IndexVariable { get; init; } = "index";

    /// <summary>Most branches at one time. Default: all.</summary>
    public int? MaxConcurrency { get; init; }

    public ParallelSettings Settings { get; init; } = new();

    /// <summary>The branch: sequential nodes.</summary>
    public IReadOnlyList<Node> Steps { get; init; } = [];

    /// <summary>The branch: a workflow of its own, instead of <see cref="Steps"/>.</summary>
    public Workflow? Subgraph { get; init; }

    /// <summary>Node that takes <c>parallel_results</c>; default: the next node.</summary>
    public string? FanIn { get; init; }
}

/// <summary>A connection as a document names it: by name, or by its NORP id (<c>connection_id: 5</c>).</summary>
public readonly record struct ConnectionRef(string Value)
{
    public override string ToString() => Value;
}
