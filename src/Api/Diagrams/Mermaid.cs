using System.Text;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Diagrams;

/// <summary>Writes a drawing as a Mermaid flowchart. Labels are untrusted: everything but letters, digits and a few marks is written as a character code.</summary>
internal static class Mermaid
{
    public static string Write(Drawing drawing)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var box in drawing.Boxes.Where(b => b.Frame is null)) text.Append("  ").Append(Shape(box)).Append('\n');
        foreach (var (frame, label) in drawing.Frames)
        {
            text.Append($"  subgraph {frame}[\"{Escape(label)}\"]\n");
            foreach (var box in drawing.Boxes.Where(b => b.Frame == frame)) text.Append("    ").Append(Shape(box)).Append('\n');
            text.Append("  end\n");
        }

        foreach (var arrow in drawing.Arrows) text.Append("  ").Append(Line(arrow)).Append('\n');
        return text.ToString();
    }

    private static string Shape(Box box)
    {
        var (open, close) = box.Kind switch
        {
            BoxKind.Query => ("[(", ")]"),
            BoxKind.Loop => ("{{", "}}"),
            BoxKind.FanOut => ("[[", "]]"),
            BoxKind.Join => ("([", "])"),
            BoxKind.Terminal => ("((", "))"),
            _ => ("[", "]"),
        };
        return $"{box.Id}{open}\"{Escape(box.Label)}\"{close}";
    }

    private static string Line(Arrow arrow)
    {
        var line = arrow.Kind switch { ArrowKind.Fork => "==>", ArrowKind.Fallback => "-.->", _ => "-->" };
        return arrow.Label is null ? $"{arrow.From} {line} {arrow.To}" : $"{arrow.From} {line}|\"{Escape(arrow.Label)}\"| {arrow.To}";
    }

    private static string Escape(string label)
    {
        var safe = new StringBuilder();
        foreach (var rune in Quoted.Short(label).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.IsAscii && " _-.,:=+()/".Contains((char)rune.Value, StringComparison.Ordinal)))
                safe.Append(rune);
            else safe.Append($"#{rune.Value};");
        }

        return safe.ToString();
    }
}
