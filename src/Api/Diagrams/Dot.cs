using System.Text;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Diagrams;

/// <summary>Writes a drawing in Graphviz's DOT language. Labels are quoted strings with quotes and backslashes escaped.</summary>
internal static class Dot
{
    public static string Write(string name, Drawing drawing)
    {
        var text = new StringBuilder($"digraph \"{Escape(name)}\" {{\n  node [shape=box];\n");
        foreach (var box in drawing.Boxes.Where(b => b.Frame is null)) text.Append("  ").Append(Shape(box)).Append('\n');
        foreach (var (frame, label) in drawing.Frames)
        {
            text.Append($"  subgraph cluster_{frame} {{\n    label=\"{Escape(label)}\";\n");
            foreach (var box in drawing.Boxes.Where(b => b.Frame == frame)) text.Append("    ").Append(Shape(box)).Append('\n');
            text.Append("  }\n");
        }

        foreach (var arrow in drawing.Arrows) text.Append("  ").Append(Line(arrow)).Append('\n');
        return text.Append("}\n").ToString();
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
