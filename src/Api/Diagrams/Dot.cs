using System.Text;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Diagrams;

/// <summary>Writes a drawing in Graphviz's DOT language. Labels are quoted strings with quotes and backslashes escaped.</summary>
internal static class Dot
{
    public static string Write(string name, Drawing drawing)
    {
        var text = new StringBuilder($"digraph \"{Escape(name)}\" {{\n  node [shape=box];\n");
        WriteInside(text, drawing, frame: null, indent: "  ");
        foreach (var arrow in drawing.Arrows) text.Append("  ").Append(Line(arrow)).Append('\n');
        return text.Append("}\n").ToString();
    }

    private static void WriteInside(StringBuilder text, Drawing drawing, string? frame, string indent)
    {
        var (boxes, frames) = drawing.Inside(frame);
        foreach (var box in boxes) text.Append(indent).Append(Shape(box)).Append('\n');
        foreach (var inner in frames)
        {
            text.Append($"{indent}subgraph cluster_{inner.Id} {{\n{indent}  label=\"{Escape(inner.Label)}\";\n");
            WriteInside(text, drawing, inner.Id, indent + "  ");
            text.Append($"{indent}}}\n");
        }
    }

    private static string Shape(Box box)
    {
        var shape = box.Kind switch
        {
            BoxKind.Query => "cylinder",
            BoxKind.Loop => "hexagon",
            BoxKind.FanOut => "box3d",
            BoxKind.Join => "ellipse",
            BoxKind.Terminal => "circle",
            _ => "box",
        };
        return $"{box.Id} [label=\"{Escape(box.Label)}\", shape={shape}];";
    }

    private static string Line(Arrow arrow)
    {
        var style = arrow.Kind switch { ArrowKind.Fork => "bold", ArrowKind.Fallback => "dashed", _ => "solid" };
        var label = arrow.Label is null ? string.Empty : $", label=\"{Escape(arrow.Label)}\"";
        return $"{arrow.From} -> {arrow.To} [style={style}{label}];";
    }

    private static string Escape(string label) =>
        Quoted.Short(label).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
