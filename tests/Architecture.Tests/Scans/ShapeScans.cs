using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bulkhead.Architecture.Tests.Scans;

/// <summary>Sizes, names and leftovers of C# files.</summary>
internal static partial class ShapeScans
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;

    public static IEnumerable<Scan> All => [FileSize, MethodSize, Names, FileNames, NoObsolete, NoLeftovers, NoSkippedTests, UnsafeOnlyInLua];

    private static bool OurCode(SourceFile file) => file.IsCSharp && file.IsUnder("src", "tests", "benchmarks");

    private static Scan FileSize => new()
    {
        Rule = $"no file over {MaxFileLines} lines",
        Applies = OurCode,
        Faults = file => file.Text.Count(c => c == '\n') is var lines && lines > MaxFileLines ? [$"{lines} lines"] : [],
        Sabotage = [new("src/Api/X.cs", new string('\n', MaxFileLines + 1))],
        Innocent = [new("src/Api/X.cs", new string('\n', MaxFileLines))],
    };

    private static Scan MethodSize => new()
    {
        Rule = $"no method over {MaxMethodLines} lines",
        Applies = OurCode,
        Faults = file => file.Syntax.DescendantNodes()
            .Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)
            .Where(node => node.LineCount() > MaxMethodLines)
            .Select(node => $"line {node.Line()}: a method of {node.LineCount()} lines"),
        Sabotage = [new("tests/Api.Tests/X.cs", $"class X {{ void Y() {{ {new string('\n', MaxMethodLines)} }} }}")],
        Innocent = [new("tests/Api.Tests/X.cs", $"class X {{ void Y() {{ {new string('\n', MaxMethodLines - 1)} }} }}")],
    };

    private static Scan Names => new()
    {
        Rule = "no type is named Manager, Helper, Utils or Service",
        // The subsets under src/Kubernetes have the names that the published packages gave them.
        Applies = file => OurCode(file) && !file.IsUnder("src/Kubernetes"),
        Faults = file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => BannedName().IsMatch(type.Identifier.Text))
            .Select(type => $"line {type.Line()}: {type.Identifier.Text}"),
        Sabotage =
        [
            new("src/Engine/X.cs", "class EngineManager;"), new("tests/Api.Tests/X.cs", "static class TestHelpers;"),
            new("src/Engine/X.cs", "record struct JsonUtils;"), new("src/Engine/X.cs", "interface IRunService;"),
        ],
        Innocent = [new("src/Operator/X.cs", "class ServiceAccountName;"), new("src/Kubernetes/X.cs", "class V1Service;")],
    };

    private static Scan FileNames => new()
    {
        Rule = "a file is named like a type that it holds",
        Applies = file => file.IsCSharp && file.IsUnder("src") && !NamelessFile().IsMatch(file.Path),
        Faults = file =>
        {
            var name = Path.GetFileName(file.Path).Split('.')[0];
            var types = file.Syntax.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<MemberDeclarationSyntax>()
                .Select(member => (member as BaseTypeDeclarationSyntax)?.Identifier.Text ?? (member as DelegateDeclarationSyntax)?.Identifier.Text)
                .OfType<string>().ToList();
            return types.Count == 0 || types.Contains(name) ? [] : [$"holds {string.Join(", ", types)}"];
        },
        Sabotage = [new("src/Api/Job.cs", "namespace A; record Other;")],
        Innocent = [new("src/Api/Job.cs", "namespace A; record Job; enum JobKind { A }"), new("src/Api/Job.Parts.cs", "partial record Job;")],
    };

    private static Scan NoObsolete => new()
    {
        Rule = "no deprecated twin",
        Row = "SSOT-1",
        Applies = OurCode,
        Faults = file => file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name.ToString().Split('.')[^1] is "Obsolete" or "ObsoleteAttribute")
            .Select(attribute => $"line {attribute.Line()}: [Obsolete]"),
        Sabotage = [new("src/Engine/X.cs", "[System.Obsolete(\"use Y\")] class X;"), new("src/Engine/X.cs", "class X { [Obsolete] void Y() { } }")],
        Innocent = [new("src/Engine/X.cs", "class Obsolete;")],
    };

    private static Scan NoLeftovers => new()
    {
        Rule = "no TODO and no #region",
        Applies = OurCode,
        Faults = file => file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
                || ((trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                    && Leftover().IsMatch(trivia.ToString())))
            .Select(trivia => $"line {trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {trivia.ToString().Trim()}"),
        Sabotage = [new("src/Api/X.cs", "#region A\n#endregion"), new("src/Api/X.cs", "// TODO: later"), new("src/Api/X.cs", "/* FIXME */")],
        Innocent = [new("src/Api/X.cs", "// todos los dias")],
    };

    private static Scan NoSkippedTests => new()
    {
        Rule = "no test is skipped",
        Applies = file => file.IsCSharp && file.IsUnder("tests"),
        Faults = file => file.Syntax.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.Text == "Skip")
            .Select(argument => $"line {argument.Line()}: {argument}"),
        Sabotage = [new("tests/Api.Tests/X.cs", "class X { [Fact(Skip = \"slow\")] void Y() { } }")],
        Innocent = [new("tests/Api.Tests/X.cs", "class X { [Fact(DisplayName = \"Skip = 1\")] void Y() { } }")],
    };

    private static Scan UnsafeOnlyInLua => new()
    {
        Rule = "unsafe code only in src/Lua",
        Applies = file => (file.IsCSharp || file.IsProject) && file.IsUnder("src", "tests") && !file.IsUnder("src/Lua", "tests/Lua.Tests"),
        Faults = file => file.IsProject
            ? file.Text.Contains("AllowUnsafeBlocks", StringComparison.Ordinal) ? ["allows unsafe blocks"] : []
            : file.Syntax.DescendantTokens().Where(token => token.IsKind(SyntaxKind.UnsafeKeyword))
                .Select(token => $"line {token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: unsafe"),
        Sabotage =
        [
            new("src/Engine/X.cs", "unsafe class X;"), new("src/Engine/X.cs", "class X { void Y() { unsafe { } } }"),
            new("src/Engine/X.csproj", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>"),
        ],
        Innocent = [new("src/Lua/X.cs", "unsafe class X;"), new("src/Engine/X.cs", "class X { string Y = \"unsafe\"; }")],
    };

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities|Services?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BannedName();

    [GeneratedRegex("(Program|AssemblyInfo|GlobalUsings)\\.cs$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamelessFile();

    [GeneratedRegex("\\b(TODO|FIXME|HACK|XXX)\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Leftover();
}
