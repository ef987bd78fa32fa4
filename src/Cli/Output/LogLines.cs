using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli.Output;

/// <summary>What a script logs, as lines on standard error.</summary>
internal sealed class LogLines(TextWriter writer) : IEventListener
{
    public void Take(ExecutionEvent executionEvent, string line)
    {
        if (executionEvent.Type != "log" || executionEvent.Fields is not { } fields) return;
        var where = executionEvent.Branch is { } branch && branch != executionEvent.Node ? $"{branch}/{executionEvent.Node}" : executionEvent.Node;
        writer.WriteLine($"{executionEvent.Timestamp:HH:mm:ss.fff} {Text(fields, "level"),-5} {where}: {Text(fields, "message")}");
    }

    private static string Text(IDictionary<string, JsonElement> fields, string name) => fields.TryGetValue(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? Printable(value.GetString()!) : value.GetRawText()
        : "";

    /// <summary>A script cannot steer the terminal of the person who watches it.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not '\t' ? ' ' : c));
}
