using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>The answer of a chat completion; <see cref="ChatStream"/> makes it of pieces.</summary>
/// <param name="Content">The assistant's text.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c>, ...</param>
/// <param name="ToolCalls">As the server sent them; only in whole answers.</param>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Tokens of the answer.</param>
internal sealed record ChatAnswer(string Content, string? Model, string? FinishReason, JsonElement? ToolCalls, long Input, long Output)
{
    public static ChatAnswer Read(JsonElement body)
    {
        try
        {
            return OfWhole(body);
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

    /// <summary>An error's code or type; its message may repeat what was sent, so it stays out.</summary>
    public static string Kind(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object ? Text(error, "code") ?? Text(error, "type") ?? "unknown" : "unknown";

    public static (long Input, long Output) Usage(JsonElement body) =>
        body.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object
            ? (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"))
            : (0, 0);

    private static long Count(JsonElement usage, string field) => usage.TryGetProperty(field, out var value) && value.TryGetInt64(out var count) ? count : 0;

    public static string? Text(JsonElement value, string field) =>
        value.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public static NodeFailureException Broken(string message) => new("HttpError", message);
}
