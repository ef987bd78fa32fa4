using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Output;

/// <summary>
/// A table as kubectl writes it: each column as wide as its longest cell, no cell cut or wrapped (a terminal wraps by itself, and a pipe gets whole
/// names), no cell empty but the last, nothing behind it. Pure.
/// </summary>
internal static class TextTable
{
    private const string Gap = "   ";

    /// <param name="rows">The first one may be the titles; all are as long as it.</param>
    public static IRenderable Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        List<string[]> lines = [.. rows.Select(row => row.Select(Cell).ToArray())];
        var widths = lines[0].Select((_, i) => lines.Max(l => l[i].GetCellWidth())).ToArray();
        return new Rows(new Text(string.Join('\n', lines.Select(line => Line(line, widths)))));
    }

    private static string Cell(string text) => Printable.Safe(text).Replace('\t', ' ').Trim();

    private static string Line(string[] cells, int[] widths) => string.Join(Gap, cells.Select((cell, i) => i == cells.Length - 1 ? cell : Padded(cell.Length > 0 ? cell : "-", widths[i]))).TrimEnd();

    // By what it takes on the terminal: a letter may take two places, or none.
    private static string Padded(string cell, int width) => cell + new string(' ', Math.Max(0, width - cell.GetCellWidth()));
}
