using System.Text.RegularExpressions;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>
/// The connections that scripts name literally: <c>connections.get("orders")</c>. A name that a script computes cannot be seen before it runs;
/// the execution's <c>connections</c> list declares it.
/// </summary>
public static partial class ScriptConnections
{
    /// <summary>Each name once, in the order of the document.</summary>
    public static IReadOnlyList<ConnectionRef> NamedBy(Workflow workflow) =>
    [
        .. workflow.AllNodes().Select(n => n.Work).OfType<LuaWork>()
            .SelectMany(w => Literal().Matches(w.Code)).Select(m => new ConnectionRef(m.Groups["name"].Value)).Distinct(),
    ];

    [GeneratedRegex("""connections(?>\s*)\.(?>\s*)get(?>\s*)\(?(?>\s*)(?<quote>["'])(?<name>(?>[^"'\\\n]+))\k<quote>""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();
}
