namespace Bulkhead.Engine.Actions;

/// <summary>How an action is called; the reference in docs/lua-api.md is generated from it.</summary>
/// <param name="Name">Dotted name: <c>http.get</c>.</param>
/// <param name="Summary">One sentence: what it does, and its errors.</param>
/// <param name="Parameters">In the order of a script's positional arguments.</param>
/// <param name="Returns">What comes back, with its shape.</param>
internal sealed record ActionSignature(string Name, string Summary, IReadOnlyList<ActionParameter> Parameters, string Returns)
{
    /// <summary>Whether a script calls it with one table of named arguments (<c>http.get{url = ...}</c>) instead of positions.</summary>
    public bool Named { get; init; }
}

/// <param name="Name">Its name in <c>with:</c>.</param>
/// <param name="Type"><c>string</c>, <c>number</c>, <c>boolean</c>, <c>object</c>, <c>list</c> or <c>any</c>.</param>
/// <param name="Summary">What it means, with unit and default.</param>
/// <param name="Required">Whether it must be given.</param>
internal sealed record ActionParameter(string Name, string Type, string Summary, bool Required = true);
