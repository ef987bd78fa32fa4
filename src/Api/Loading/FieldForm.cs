namespace Bulkhead.Api.Loading;

/// <summary>What the readers take for one field: its JSON types and bounds, as they asked for it.</summary>
internal sealed class FieldForm
{
    /// <summary>The type of a value that is taken whatever it is.</summary>
    public const string Any = "any";

    /// <summary>The type of a duration, which is a number or a string of a certain shape.</summary>
    public const string Duration = "duration";

    /// <summary>JSON types, <see cref="Duration"/> or <see cref="Any"/>; none means any.</summary>
    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The kind of mapping, where it is one.</summary>
    public string? Shape { get; set; }

    /// <summary>JSON types of the items of a list, or of the fields of a mapping with free names.</summary>
    public SortedSet<string> ItemTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The kind of mapping that a list's items are.</summary>
    public string? ItemShape { get; set; }

    /// <summary>Fewest and most items of a list.</summary>
    public (int? Least, int? Most) Items { get; set; }

    /// <summary>The only texts, of the field or of its items; empty means any.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    public (double Least, double Most)? Range { get; set; }

    /// <summary>Most characters.</summary>
    public int? Longest { get; set; }

    /// <summary>The first spellings, where this is the second one.</summary>
    public SortedSet<string> AliasOf { get; } = new(StringComparer.Ordinal);

    /// <summary>False where only a value inside was named so in a fault.</summary>
    public bool IsField { get; set; }

    public bool Required { get; set; }
}
