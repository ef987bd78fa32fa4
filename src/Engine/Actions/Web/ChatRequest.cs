using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>The body of a chat completion, as OpenAI's API and its many compatible servers take it.</summary>
internal static class ChatRequest
{
    /// <summary>What goes into the body as it is given.</summary>
    public static IReadOnlyList<string> Settings { get; } =
        ["model", "temperature", "max_tokens", "top_p", "stop", "response_format", "tools", "seed", "presence_penalty", "frequency_penalty"];

    /// <param name="prompt">One message of the user, or a list of messages <c>{role, content}</c>.</param>
    /// <param name="settings">See <see cref="Settings"/>, and <c>system</c> and <c>stream</c>.</param>
    public static JsonElement Body(JsonElement prompt, IReadOnlyDictionary<string, JsonElement> settings)
    {
        var body = Settings.Where(settings.ContainsKey).Select(name => KeyValuePair.Create(name, settings[name]))
            .Where(setting => setting.Value.ValueKind != JsonValueKind.Null).ToList();
        body.Add(new("messages", Json.Array(Messages(prompt, settings))));
        if (Streams(settings))
        {
            body.Add(new("stream", Json.Of(true)));
            body.Add(new("stream_options", Json.Object([new("include_usage", Json.Of(true))])));
        }

        return Json.Object(body);
    }

    public static bool Streams(IReadOnlyDictionary<string, JsonElement> settings) =>
        settings.TryGetValue("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    private static IEnumerable<JsonElement> Messages(JsonElement prompt, IReadOnlyDictionary<string, JsonElement> settings)
    {
        if (settings.TryGetValue("system", out var system) && system.ValueKind == JsonValueKind.String) yield return Message("system", system);
        if (prompt.ValueKind != JsonValueKind.Array)
        {
            yield return Message("user", prompt);
            yield break;
        }

        foreach (var message in prompt.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object) throw ActionCall.Wrong("A message is an object {role, content}.");
            yield return message;
        }
    }

    private static JsonElement Message(string role, JsonElement content) => Json.Object([new("role", Json.Of(role)), new("content", content)]);
}
