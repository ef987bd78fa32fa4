using System.Text;
using System.Text.Json;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>Puts a chat completion together from its pieces while they arrive; the last one is <c>[DONE]</c>.</summary>
internal sealed class ChatStream
{
    private readonly StringBuilder _content = new();
    private ChatAnswer _answer = new("", null, null, null, 0, 0);
    private bool _done;

    /// <summary>Takes the data of one event. False after the last one.</summary>
    /// <exception cref="NodeFailureException">It is no piece of a chat completion, or says that the model failed.</exception>
    public bool Take(string data)
    {
        try
        {
            _done = data == "[DONE]";
            if (!_done) Add(JsonElement.Parse(data));
            return !_done;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or JsonException or IndexOutOfRangeException)
        {
            throw ChatAnswer.Broken("The model's answer is no chat completion.");
        }
    }

    /// <summary>The whole answer, after the stream has ended.</summary>
    public ChatAnswer End() => _done ? _answer with { Content = _content.ToString() } : throw ChatAnswer.Broken("The model's stream broke off.");

    private void Add(JsonElement piece)
    {
        if (piece.TryGetProperty("error", out var error)) throw ChatAnswer.Broken($"The model's stream ended with an error: {ChatAnswer.Kind(error)}.");
        _answer = _answer with { Model = ChatAnswer.Text(piece, "model") ?? _answer.Model };
        if (piece.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            var (input, output) = ChatAnswer.Usage(piece);
            _answer = _answer with { Input = input, Output = output };
        }

        if (!piece.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0) return;
        if (choices[0].TryGetProperty("delta", out var delta)) _content.Append(ChatAnswer.Text(delta, "content"));
        _answer = _answer with { FinishReason = ChatAnswer.Text(choices[0], "finish_reason") ?? _answer.FinishReason };
    }
}
