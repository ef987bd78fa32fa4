using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>One chat completion over an http connection whose base URL ends where <c>/chat/completions</c> begins.</summary>
internal sealed class Chat(Run run)
{
    private const double PricedTokens = 1_000_000;

    /// <returns><c>{content, model, finish_reason, usage: {input, output, total}, cost}</c>.</returns>
    public async Task<JsonElement> CompleteAsync(
        string node, ConnectionRef connection, JsonElement prompt, IReadOnlyDictionary<string, JsonElement> settings, CancellationToken cancellationToken)
    {
        var resource = await run.Resources.AcquireAsync(connection, node, cancellationToken);
        var answer = await resource.CallAsync("request", Json.Object(
        [
            new("method", Json.Of("POST")), new("path", Json.Of("/chat/completions")),
            new("json", ChatRequest.Body(prompt, settings)), new("fail_on_status", Json.Of(false)),
        ]), cancellationToken);
        var (status, body) = (answer.GetProperty("status").GetInt32(), answer.GetProperty("body"));
        if (status >= 400) throw Refused(status, body);

        var chat = ChatAnswer.Read(body, ChatRequest.Streams(settings));
        var cost = CostOf(chat, resource.Name, settings);
        run.Spending.Add(chat.Input, chat.Output, cost);
        return chat.ToJson(cost);
    }

    private static NodeFailureException Refused(int status, JsonElement body)
    {
        var kind = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) ? $" ({ChatAnswer.Kind(error)})" : "";
        return new NodeFailureException("HttpError", $"The model was not asked: status {status}{kind}.", retryable: status is 408 or 429 or >= 500);
    }

    /// <summary>From the connection's <c>prices: {model: {input, output}}</c>, each for a million tokens.</summary>
    private double? CostOf(ChatAnswer chat, string connection, IReadOnlyDictionary<string, JsonElement> settings)
    {
        var config = run.Job.Connections.First(c => c.Name == connection).Config;
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("prices", out var prices) || prices.ValueKind != JsonValueKind.Object) return null;
        var model = settings.TryGetValue("model", out var asked) && asked.ValueKind == JsonValueKind.String ? asked.GetString() : chat.Model;
        if (model is null || !prices.TryGetProperty(model, out var price) || price.ValueKind != JsonValueKind.Object) return null;
        return (chat.Input * PriceOf(price, "input") + chat.Output * PriceOf(price, "output")) / PricedTokens;
    }

    private static double PriceOf(JsonElement price, string what) => price.TryGetProperty(what, out var value) && value.TryGetDouble(out var amount) ? amount : 0;
}
