using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bulkhead.Architecture.Tests;

/// <param name="Path">Relative to the repository's root, with '/'.</param>
/// <param name="Text">The whole file.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private CompilationUnitSyntax? _syntax;

    public CompilationUnitSyntax Syntax => _syntax ??=
        CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsUnder(params string[] folders) => folders.Any(folder => Path.StartsWith($"{folder}/", StringComparison.Ordinal));
}
