namespace Bulkhead.Api.Templates;

/// <summary>An expression as a tree.</summary>
internal abstract record Syntax;

/// <summary>A number, a string, <c>true</c> or <c>false</c>, in Lua's spelling.</summary>
internal sealed record LiteralSyntax(string Lua) : Syntax;

/// <summary><c>nil</c> or <c>null</c>.</summary>
internal sealed record AbsentSyntax : Syntax;

internal sealed record NameSyntax(string Name) : Syntax;

internal sealed record ParenthesisSyntax(Syntax Inner) : Syntax;

/// <summary>Field access; <c>a.b</c> has the literal key <c>"b"</c>.</summary>
internal sealed record IndexSyntax(Syntax Target, Syntax Key, string? Field) : Syntax;

/// <summary>A call; with <paramref name="Method"/> it is <c>target:method(...)</c>.</summary>
internal sealed record CallSyntax(Syntax Target, string? Method, IReadOnlyList<Syntax> Arguments) : Syntax;

internal sealed record UnarySyntax(string Operator, Syntax Operand) : Syntax;

internal sealed record BinarySyntax(string Operator, Syntax Left, Syntax Right) : Syntax;

internal sealed record FilterSyntax(Syntax Operand, string Filter, IReadOnlyList<Syntax> Arguments) : Syntax;

/// <summary>A table constructor; an entry without a key is the next item of the list.</summary>
internal sealed record TableSyntax(IReadOnlyList<(Syntax? Key, Syntax Value)> Entries) : Syntax;
