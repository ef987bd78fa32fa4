using Microsoft.CodeAnalysis;

namespace Bulkhead.Architecture.Tests.Scans;

internal static class SyntaxLines
{
    public static int Line(this SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    public static int LineCount(this SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
