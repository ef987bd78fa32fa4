using System.Text;
using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>Reads the answer of a chat completion, whole or as a stream of server-sent events.</summary>
/// <param name="Content">The assistant's text.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c>, ...</param>
/// <param name="ToolCalls">As the server sent them; only in whole answers.</param>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Tokens of the answer.</param>
internal sealed record ChatAnswer(string Content, string? Model, string? FinishReason, JsonElement? ToolCalls, long Input, long Output)
{
    public static ChatAnswer Read(JsonElement body, bool streamed)
    {
        try
        {
            return streamed ? OfStream(body) : OfWhole(body);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or JsonException or IndexOutOfRangeException)
        {
            throw Broken("The model's answer is no chat completion.");
        }
    }

    /// <param name="cost">Null where no price is configured.</param>
    public JsonElement ToJson(double? cost) => Json.Object(
    [
        new("content", Json.Of(Content)), new("model", Json.Of(Model)), new("finish_reason", Json.Of(FinishReason)),
        .. ToolCalls is { } calls ? [KeyValuePair.Create("tool_calls", calls)] : Array.Empty<KeyValuePair<string, JsonElement>>(),
        new("usage", Json.Object([new("input", Json.Of(Input)), new("output", Json.Of(Output)), new("total", Json.Of(Input + Output))])),
        new("cost", cost is { } amount ? Json.Of(amount) : Json.Null),
    ]);

    private static ChatAnswer OfWhole(JsonElement body)
    {
        var choice = body.GetProperty("choices")[0];
        var message = choice.GetProperty("message");
        var calls = message.TryGetProperty("tool_calls", out var given) && given.ValueKind == JsonValueKind.Array ? given : (JsonElement?)null;
        var (input, output) = Usage(body);
        return new ChatAnswer(Text(message, "content") ?? "", Text(body, "model"), Text(choice, "finish_reason"), calls, input, output);
    }

    // HTML, 9.2 Server-sent events: lines "data: ..."; the last one is [DONE].
    private static ChatAnswer OfStream(JsonElement body)
    {
        var content = new StringBuilder();
        var answer = new ChatAnswer("", null, null, null, 0, 0);
        foreach (var line in body.GetString()!.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("data:", StringComparison.Ordinal)))
        {
            var data = line["data:".Length..].Trim();
            if (data == "[DONE]") return answer with { Content = content.ToString() };
            var piece = JsonElement.Parse(data);
            if (piece.TryGetProperty("error", out var error)) throw Broken($"The model's stream ended with an error: {Kind(error)}.");
            answer = answer with { Model = Text(piece, "model") ?? answer.Model };
            if (piece.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            {
                var (input, output) = Usage(piece);
                answer = answer with { Input = input, Output = output };
            }

            if (!piece.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0) continue;
            if (choices[0].TryGetProperty("delta", out var delta)) content.Append(Text(delta, "content"));
            answer = answer with { FinishReason = Text(choices[0], "finish_reason") ?? answer.FinishReason };
        }

        throw Broken("The model's stream broke off.");
    }

    /// <summary>An error's code or type; its message may repeat what was sent, so it stays out.</summary>
    public static string Kind(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object ? Text(error, "code") ?? Text(error, "type") ?? "unknown" : "unknown";

    private static (long Input, long Output) Usage(JsonElement body) =>
        body.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object
            ? (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"))
            : (0, 0);

    private static long Count(JsonElement usage, string field) => usage.TryGetProperty(field, out var value) && value.TryGetInt64(out var count) ? count : 0;

    private static string? Text(JsonElement value, string field) =>
        value.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static NodeFailureException Broken(string message) => new("HttpError", message);
}
