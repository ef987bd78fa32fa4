using System.Text.Json;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>A chat completion.</summary>
internal sealed class ChatAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "llm.call",
        "Asks a language model for a chat completion (OpenAI-compatible) over an http connection. A refusal or a broken answer is an HttpError.",
        [
            new("connection", "string", "Name of an http connection; `/chat/completions` is appended to its base URL."),
            new("prompt", "any", "The user's message, or a list of messages `{role, content}`."),
            new("system", "string", "The system's message.", Required: false),
            new("model", "string", "Name of the model.", Required: false),
            new("temperature", "number", "Randomness of the answer.", Required: false),
            new("max_tokens", "number", "Longest answer, in tokens.", Required: false),
            new("top_p", "number", "Nucleus sampling.", Required: false),
            new("stop", "any", "Texts that end the answer.", Required: false),
            new("response_format", "object", "Shape of the answer.", Required: false),
            new("tools", "list", "Functions that the model may name.", Required: false),
            new("seed", "number", "For answers that can be repeated.", Required: false),
            new("presence_penalty", "number", "As the model defines it.", Required: false),
            new("frequency_penalty", "number", "As the model defines it.", Required: false),
            new("stream", "boolean", "Lets the server send the answer in pieces, which keeps long answers within its time-outs. Default: false.", Required: false),
        ],
        "`{content, model, finish_reason, usage = {input, output, total}, cost}`; cost where the connection's config has prices")
    {
        Named = true,
    };

    public async ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        await new Chat(call.Run).CompleteAsync(call.Caller, new ConnectionRef(call.Text("connection")), call["prompt"], call.Arguments, cancellationToken);
}
