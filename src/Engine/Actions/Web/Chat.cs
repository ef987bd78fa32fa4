using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>One chat completion over an http connection whose base URL ends where <c>/chat/completions</c> begins.</summary>
internal sealed class Chat(Run run)
{
    /// <returns><c>{content, model, finish_reason, usage: {input, output, total}, cost}</c>.</returns>
    public async Task<JsonElement> CompleteAsync(
        Caller caller, ConnectionRef connection, JsonElement prompt, IReadOnlyDictionary<string, JsonElement> settings, CancellationToken cancellationToken)
    {
        caller.Account.RequireTokens();
        var resource = await run.Resources.AcquireAsync(connection, caller.Node, cancellationToken);
        var request = Json.Object(
        [
            new("method", Json.Of("POST")), new("path", Json.Of("/chat/completions")),
            new("json", ChatRequest.Body(prompt, settings)), new("fail_on_status", Json.Of(false)),
        ]);
        var chat = ChatRequest.Streams(settings)
            ? await StreamAsync(resource, request, cancellationToken)
            : ChatAnswer.Read(BodyOf(await resource.CallAsync("request", request, cancellationToken)));
        var cost = PriceOf(resource.Name, settings, chat)?.CostOf(chat.Input, chat.Output);
        var answer = chat.ToJson(cost);
        caller.Account.Charge(Answers.UsageOf(answer) with { InputTokens = chat.Input, OutputTokens = chat.Output, Cost = cost });
        return answer;
    }

    private static async Task<ChatAnswer> StreamAsync(ResourceLease resource, JsonElement request, CancellationToken cancellationToken)
    {
        var stream = new ChatStream();
        var body = BodyOf(await resource.ListenAsync("request", request, stream.Take, cancellationToken));
        return body.ValueKind == JsonValueKind.Object ? ChatAnswer.Read(body) : stream.End();
    }

    private static JsonElement BodyOf(JsonElement answer)
    {
        var (status, body) = (answer.GetProperty("status").GetInt32(), answer.GetProperty("body"));
        return status < 400 ? body : throw Refused(status, body);
    }

    private ModelPrice? PriceOf(string connection, IReadOnlyDictionary<string, JsonElement> settings, ChatAnswer chat) => ModelPrice.Of(
        run.Job.Connections.First(c => c.Name == connection),
        settings.TryGetValue("model", out var asked) && asked.ValueKind == JsonValueKind.String ? asked.GetString() : chat.Model);

    private static NodeFailureException Refused(int status, JsonElement body)
    {
        var kind = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) ? $" ({ChatAnswer.Kind(error)})" : "";
        return new NodeFailureException("HttpError", $"The model was not asked: status {status}{kind}.", retryable: status is 408 or 429 or >= 500);
    }
}
