using System.Text.Json;
using Bulkhead.Engine.Data;
using CsvHelper;

namespace Bulkhead.Engine.Actions;

/// <summary>Rows to CSV text (RFC 4180).</summary>
internal sealed class CsvStringifyAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "csv.stringify", "Writes objects as CSV text (RFC 4180) with a header line; the columns are the fields of all rows, in order of appearance.",
        [new("rows", "list", "Objects."), new("delimiter", "string", "Default: a comma.", Required: false)], "string");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        var rows = call["rows"].EnumerateArray().ToList();
        if (rows.Exists(r => r.ValueKind != JsonValueKind.Object)) throw ActionCall.Wrong("csv.stringify: every row must be an object.");
        var columns = rows.SelectMany(r => r.EnumerateObject().Select(p => p.Name)).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringWriter();
        using (var writer = new CsvWriter(text, CsvOptions.Of(call.FindText("delimiter"))))
        {
            columns.ForEach(writer.WriteField);
            writer.NextRecord();
            foreach (var row in rows)
            {
                foreach (var column in columns) writer.WriteField(row.TryGetProperty(column, out var value) && value.ValueKind != JsonValueKind.Null ? Json.Text(value) : "");
                writer.NextRecord();
            }
        }

        return ValueTask.FromResult<JsonElement?>(Json.Of(text.ToString()));
    }
}
