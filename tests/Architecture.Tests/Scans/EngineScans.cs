using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bulkhead.Architecture.Tests.Scans;

/// <summary>There is one engine type, and the factory is the one way to it.</summary>
internal static class EngineScans
{
    private const string Engine = "UserExecutionEngine";
    private static readonly string[] Makers = ["ExecutionEngineFactory.cs", "ExecutionEngineFactory.Creation.cs"];

    public static IEnumerable<Scan> All => [OneEngine, OnlyTheFactoryCreates, NoPublicConstructor, OnlyTheEngineRuns];

    private static Scan OneEngine => new()
    {
        Rule = "one engine type",
        Row = "SSOT-1",
        Applies = file => file.IsCSharp && file.IsUnder("src"),
        Faults = file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Identifier.Text.EndsWith("ExecutionEngine", StringComparison.Ordinal) && type.Identifier.Text != Engine)
            .Select(type => $"line {type.Line()}: a second engine, {type.Identifier.Text}"),
        Sabotage = [new("src/Engine/X.cs", "internal class SharedExecutionEngine;"), new("src/Server/X.cs", "interface IExecutionEngine;")],
        Innocent = [new("src/Engine/X.cs", "sealed class UserExecutionEngine { ExecutionEngineFactory _made; }")],
    };

    private static Scan OnlyTheFactoryCreates => new()
    {
        Rule = "only the factory creates engines",
        Row = "SSOT-3",
        Applies = file => file.IsCSharp && file.IsUnder("src", "tests", "benchmarks") && !Makers.Any(file.Path.EndsWith),
        Faults = file => Creations(file, Engine).Concat(file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => file.IsUnder("src") && access.ToString() is "Activator.CreateInstance")
            .Select(access => $"line {access.Line()}: creates by reflection")),
        Sabotage =
        [
            new("src/Server/X.cs", "class X { object Y() => new UserExecutionEngine(null); }"),
            new("src/Cli/X.cs", "class X { UserExecutionEngine Y() { UserExecutionEngine e = new(null); return e; } }"),
            new("src/Cli/X.cs", "class X { object Y() => Activator.CreateInstance(typeof(Z)); }"),
        ],
        Innocent = [new("src/Engine/Factory/ExecutionEngineFactory.cs", "class F { object Y() => new UserExecutionEngine(null); }")],
    };

    private static Scan NoPublicConstructor => new()
    {
        Rule = "the engine has no public constructor and no heir",
        Row = "SSOT-3",
        Applies = file => file.IsCSharp && file.IsUnder("src"),
        Faults = file => file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(type => type.Identifier.Text == Engine).SelectMany(OpenWaysIn),
        Sabotage =
        [
            new("src/Engine/X.cs", "public sealed class UserExecutionEngine(int a);"),
            new("src/Engine/X.cs", "public sealed class UserExecutionEngine { public UserExecutionEngine() { } }"),
            new("src/Engine/X.cs", "public sealed class UserExecutionEngine { }"),
            new("src/Engine/X.cs", "public class UserExecutionEngine { internal UserExecutionEngine() { } }"),
        ],
        Innocent = [new("src/Engine/X.cs", "public sealed class UserExecutionEngine { internal UserExecutionEngine() { } }")],
    };

    private static Scan OnlyTheEngineRuns => new()
    {
        Rule = "only the engine runs workflows",
        Row = "SSOT-3",
        Applies = file => file.IsCSharp && file.IsUnder("src") && !file.IsUnder("src/Engine/Factory"),
        Faults = file => Creations(file, "WorkflowRunner"),
        Sabotage = [new("src/Engine/X.cs", "class X { object Y() => new WorkflowRunner(null); }")],
    };

    private static IEnumerable<string> Creations(SourceFile file, string type) =>
        file.Syntax.DescendantNodes().Where(node => node switch
        {
            ObjectCreationExpressionSyntax made => made.Type.ToString().Split('.')[^1] == type,
            ImplicitObjectCreationExpressionSyntax made => DeclaredType(made)?.Split('.')[^1] == type,
            _ => false,
        }).Select(node => $"line {node.Line()}: creates a {type}");

    private static string? DeclaredType(ImplicitObjectCreationExpressionSyntax made) => made.Parent?.Parent?.Parent switch
    {
        VariableDeclarationSyntax declaration => declaration.Type.ToString().TrimEnd('?'),
        _ => (made.Parent?.Parent as MethodDeclarationSyntax)?.ReturnType.ToString(),
    };

    private static IEnumerable<string> OpenWaysIn(ClassDeclarationSyntax type)
    {
        var constructors = type.Members.OfType<ConstructorDeclarationSyntax>().ToList();
        if (!type.Modifiers.Any(SyntaxKind.SealedKeyword)) yield return $"line {type.Line()}: not sealed";
        if (type.ParameterList is not null) yield return $"line {type.Line()}: its primary constructor is public";
        else if (constructors.Count == 0 && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            yield return $"line {type.Line()}: its default constructor is public";
        foreach (var constructor in constructors.Where(constructor => constructor.Modifiers.Any(SyntaxKind.PublicKeyword)))
            yield return $"line {constructor.Line()}: public constructor";
    }
}
