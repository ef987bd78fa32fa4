using System.Globalization;
using System.Text.Json;
using Bulkhead.Engine.Data;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bulkhead.Engine.Actions;

/// <summary>CSV text to rows (RFC 4180).</summary>
internal sealed class CsvParseAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "csv.parse", "Reads CSV text (RFC 4180) whose first line holds the column names. A broken line is an ActionError that names it.",
        [new("text", "string", "The text."), new("delimiter", "string", "Default: a comma.", Required: false)], "list of objects; every value is a string");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        using var reader = new CsvReader(new StringReader(call.Text("text")), CsvOptions.Of(call.FindText("delimiter")));
        try
        {
            if (!reader.Read() || !reader.ReadHeader()) return ValueTask.FromResult<JsonElement?>(Json.Array([]));
            var columns = reader.HeaderRecord!;
            return ValueTask.FromResult<JsonElement?>(Json.Array(Rows(reader, columns)));
        }
        catch (CsvHelperException)
        {
            throw ActionCall.Wrong($"csv.parse: line {reader.Context.Parser?.RawRow} is broken.");
        }
    }

    private static IEnumerable<JsonElement> Rows(CsvReader reader, string[] columns)
    {
        while (reader.Read())
        {
            if (reader.Parser.Count != columns.Length)
                throw ActionCall.Wrong($"csv.parse: line {reader.Parser.RawRow} has {reader.Parser.Count} fields, the header has {columns.Length}.");
            yield return Json.Object(columns.Select((column, i) => KeyValuePair.Create(column, Json.Of(reader.GetField(i)))));
        }
    }
}

/// <summary>One dialect of CSV for reading and writing.</summary>
internal static class CsvOptions
{
    public static CsvConfiguration Of(string? delimiter) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter is { Length: > 0 } ? delimiter : ",",
        NewLine = "\n",
    };
}
