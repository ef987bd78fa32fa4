namespace Bulkhead.Api.Text;

/// <summary>How large and how deep an input may be. Every fault that a bound causes names the bound.</summary>
public static class InputBounds
{
    /// <summary>UTF-8 bytes of one input text, and of what its YAML aliases may expand to: 900 KiB.</summary>
    public const int DocumentBytes = 900 * 1024;

    /// <summary>Lists and mappings inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Values (scalars, lists and mappings) of one text.</summary>
    public const int Values = 250_000;

    /// <summary>Nodes of one workflow, those of loops, branches and <c>finally</c> included.</summary>
    public const int Nodes = 10_000;

    /// <summary>Edges of one workflow.</summary>
    public const int Edges = 50_000;

    /// <summary>Characters of one string.</summary>
    public const int StringLength = 262_144;

    /// <summary>Items of one list.</summary>
    public const int ListLength = 100_000;

    /// <summary>Characters of one name: a node, a connection, a field of state.</summary>
    public const int NameLength = 253;

    /// <summary>Documents in one text of manifests.</summary>
    public const int Documents = 1_000;

    /// <summary>Faults that are listed; the last one tells how many more there are.</summary>
    public const int Problems = 100;
}
