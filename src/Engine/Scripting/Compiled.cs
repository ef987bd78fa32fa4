using System.Collections.Concurrent;
using Bulkhead.Api.Templates;

namespace Bulkhead.Engine.Scripting;

/// <summary>The document's expressions and templates, each parsed once in an execution. Holds text of the document only, so the document bounds it.</summary>
internal sealed class Compiled
{
    private readonly ConcurrentDictionary<(string Source, ExpressionUse Use), string> _expressions = new();
    private readonly ConcurrentDictionary<string, Template> _templates = new(StringComparer.Ordinal);

    /// <summary>The Lua text of an expression that the loader has accepted.</summary>
    public string Expression(string source, ExpressionUse use) =>
        _expressions.GetOrAdd((source, use), static key => Api.Templates.Expression.ToLua(key.Source, key.Use));

    public Template Template(string source) => _templates.GetOrAdd(source, static text => Api.Templates.Template.Parse(text));
}
