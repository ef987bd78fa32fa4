using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bulkhead.Architecture.Tests.Scans;

/// <summary>Nothing static changes: what two executions could both reach is a leak between them.</summary>
internal static partial class StaticStateScans
{
    public static IEnumerable<Scan> All => [NoStaticState];

    private static Scan NoStaticState => new()
    {
        Rule = "no static mutable state",
        Row = "SSOT-1",
        Applies = file => file.IsCSharp && file.IsUnder("src"),
        Faults = file => file.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>().SelectMany(Faults),
        Sabotage =
        [
            Member("private static int _count;"),
            Member("static readonly Dictionary<string, int> Cache = [];"),
            Member("internal static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Pool = new();"),
            Member("public static string? Current { get; set; }"),
            Member("public static List<string> Names { get; } = [];"),
            Member("static readonly AsyncLocal<string?> User = new();"),
            Member("internal static readonly string[] Table = [];"),
            Member("static event Action? Changed;"),
            Member("private static readonly object Gate = new();"),
            Member("[ThreadStatic] private static readonly string? Name;"),
            Member("private static readonly NpgsqlDataSource Source;"),
        ],
        Innocent =
        [
            Member("private const int Limit = 3;"),
            Member("private static readonly string[] Words = [];"),
            Member("private static readonly FrozenSet<string> Names;"),
            Member("public static string Name => \"a\";"),
            Member("private readonly Dictionary<string, int> _mine = [];"),
            Member("public static Job None { get; } = new();"),
        ],
    };

    private static SourceFile Member(string text) => new("src/Engine/X.cs", $"class X {{ {text} }}");

    private static IEnumerable<string> Faults(MemberDeclarationSyntax member)
    {
        if (!member.Modifiers.Any(SyntaxKind.StaticKeyword)) return [];
        var fault = member switch
        {
            EventFieldDeclarationSyntax => "static event",
            FieldDeclarationSyntax field => Fault(field),
            PropertyDeclarationSyntax property => Fault(property),
            _ => null,
        };
        return fault is null ? [] : [$"line {member.Line()}: {fault}"];
    }

    private static string? Fault(FieldDeclarationSyntax field)
    {
        if (!field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)) return "static field that changes";
        if (field.AttributeLists.ToString().Contains("ThreadStatic", StringComparison.Ordinal)) return "state of a thread";
        var type = field.Declaration.Type;
        if (type is ArrayTypeSyntax && !field.Modifiers.Any(SyntaxKind.PrivateKeyword)) return "array that others can change";
        return Mutable().IsMatch(Name(type)) ? $"static {type}, which changes" : null;
    }

    private static string? Fault(PropertyDeclarationSyntax property)
    {
        var stored = property.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true;
        if (!stored || property.Modifiers.Any(SyntaxKind.AbstractKeyword) || property.Parent is InterfaceDeclarationSyntax) return null;
        if (property.AccessorList!.Accessors.Any(SyntaxKind.SetAccessorDeclaration)) return "static property with a setter";
        return Mutable().IsMatch(Name(property.Type)) || property.Type is ArrayTypeSyntax ? $"static {property.Type}, which changes" : null;
    }

    private static string Name(TypeSyntax type) => type switch
    {
        NullableTypeSyntax nullable => Name(nullable.ElementType),
        QualifiedNameSyntax qualified => Name(qualified.Right),
        GenericNameSyntax generic => generic.Identifier.Text,
        _ => type.ToString(),
    };

    [GeneratedRegex(
        "^(I?Dictionary|Sorted\\w+|I?List|LinkedList|I?Collection|ObservableCollection|HashSet|ISet|Queue|PriorityQueue|Stack|Concurrent\\w+|"
        + "BlockingCollection|MemoryCache|StringBuilder|AsyncLocal|ThreadLocal|ConditionalWeakTable|SemaphoreSlim|Mutex|Lock|object|"
        + "HttpClient|Npgsql\\w+|Channel|CancellationTokenSource|TaskCompletionSource|Random|Timer|PeriodicTimer|Json(Object|Array|Node)|"
        + "WeakReference|BitArray|Stopwatch)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mutable();
}
