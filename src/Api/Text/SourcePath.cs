using System.Globalization;
using System.Text;

namespace Bulkhead.Api.Text;

/// <summary>Where a value stands: <c>nodes[2].with["a b"]</c>. The text is built only when somebody reads it.</summary>
public sealed class SourcePath
{
    private readonly SourcePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private SourcePath(SourcePath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    /// <summary>The whole document: the empty path.</summary>
    public static SourcePath Root { get; } = new(null, null, 0);

    public SourcePath Field(string name) => new(this, name, 0);

    public SourcePath Item(int index) => new(this, null, index);

    public override string ToString()
    {
        var steps = new Stack<SourcePath>();
        for (var step = this; step._parent is not null; step = step._parent) steps.Push(step);
        var text = new StringBuilder();
        foreach (var step in steps) Append(text, step);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SourcePath step)
    {
        if (step._name is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{step._index}]");
            return;
        }

        if (IsPlain(step._name)) text.Append(text.Length > 0 ? "." : string.Empty).Append(step._name);
        else text.Append("[\"").Append(Quoted.Short(step._name)).Append("\"]");
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$');
}
