using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Output;

/// <summary>One event of a worker as a line for a person; a script cannot steer the terminal of the person who watches it. Pure.</summary>
internal static class EventText
{
    /// <param name="e">The event.</param>
    /// <param name="day">The day, in UTC, of the line before: another one is told. Null: there was none.</param>
    public static string Of(ExecutionEvent e, DateOnly? day)
    {
        var where = (e.Branch is { } branch && branch != e.Node ? $"{branch}/{e.Node}" : e.Node) is { } place ? $"{place}: " : "";
        var (level, what) = e.Type switch
        {
            "log" => (Field(e, "level"), Field(e, "message")),
            "node_start" => ("info", $"started ({Field(e, "node_type")})"),
            "node_complete" => ("info", $"done in {Duration(e)}"),
            "node_error" => ("error", $"{Field(e, "error_type")}: {Field(e, "error")} (after {Duration(e)})"),
            "resource" => (Field(e, "level"), string.Join(' ', new[] { Field(e, "event"), Field(e, "resource_type"), Field(e, "message") }.Where(t => t.Length > 0))),
            _ => ("info", string.Join(' ', (e.Fields ?? new Dictionary<string, JsonElement>()).Select(f => $"{f.Key}={Text(f.Value)}").Prepend(e.Type))),
        };
        var time = e.Timestamp.UtcDateTime;
        return Printable.Safe($"{(DateOnly.FromDateTime(time) == day ? "" : $"{time:yyyy-MM-dd} ")}{time:HH:mm:ss.fff}Z {level.ToLowerInvariant(),-5} {where}{what}");
    }

    public static string Field(ExecutionEvent e, string name) => e.Fields is { } fields && fields.TryGetValue(name, out var value) ? Text(value) : "";

    private static string Duration(ExecutionEvent e) =>
        e.Fields is { } fields && fields.TryGetValue("duration_ms", out var value) && value.TryGetDouble(out var ms) ? $"{ms:0.#} ms" : "? ms";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
