using System.Text;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Diagrams;

/// <summary>Writes a drawing as a Mermaid flowchart. Labels are untrusted: everything but letters, digits and a few marks is written as a character code.</summary>
internal static class Mermaid
{
    public static string Write(Drawing drawing)
    {
        var text = new StringBuilder("flowchart TD\n");
        WriteInside(text, drawing, frame: null, indent: "  ");
        foreach (var arrow in drawing.Arrows) text.Append("  ").Append(Line(arrow)).Append('\n');
        return text.ToString();
    }

    private static void WriteInside(StringBuilder text, Drawing drawing, string? frame, string indent)
    {
        var (boxes, frames) = drawing.Inside(frame);
        foreach (var box in boxes) text.Append(indent).Append(Shape(box)).Append('\n');
        foreach (var inner in frames)
        {
            text.Append($"{indent}subgraph {inner.Id}[\"{Escape(inner.Label)}\"]\n");
            WriteInside(text, drawing, inner.Id, indent + "  ");
            text.Append($"{indent}end\n");
        }
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
