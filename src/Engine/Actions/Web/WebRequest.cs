using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>One HTTP request of a node or script: over a declared connection, or to a plain URL.</summary>
/// <param name="Method">GET, POST, ...</param>
/// <param name="Connection">Null: a plain URL.</param>
/// <param name="Fields"><c>url, path, query, headers, json, body, form, fail_on_status</c>; only what is given.</param>
internal sealed record WebRequest(string Method, ConnectionRef? Connection, IReadOnlyDictionary<string, JsonElement> Fields)
{
    public async Task<JsonElement> SendAsync(Run run, Caller caller, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(run, caller, cancellationToken);
        caller.Account.Charge(Answers.UsageOf(answer));
        return answer;
    }

    private async Task<JsonElement> AnswerAsync(Run run, Caller caller, CancellationToken cancellationToken)
    {
        if (Connection is not { } connection) return await run.Web.RequestAsync(Text("url") ?? throw ActionCall.Wrong("A request needs 'url' or 'connection'."), Arguments(path: null), cancellationToken);
        var resource = await run.Resources.AcquireAsync(connection, caller.Node, cancellationToken);
        return await resource.CallAsync("request", Arguments(Text("path") ?? Text("url") ?? "/"), cancellationToken);
    }

    private JsonElement Arguments(string? path)
    {
        var arguments = Fields.Where(f => f.Key is "query" or "json" or "body" or "headers" or "fail_on_status" && f.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        arguments["method"] = Json.Of(Method);
        if (path is not null) arguments["path"] = Json.Of(path);
        if (Fields.TryGetValue("form", out var form) && form.ValueKind == JsonValueKind.Object) AddForm(arguments, form);
        return Json.Object(arguments);
    }

    // WHATWG URL, application/x-www-form-urlencoded.
    private static void AddForm(Dictionary<string, JsonElement> arguments, JsonElement form)
    {
        arguments["body"] = Json.Of(string.Join('&', Json.Fields(form).Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(Json.Text(f.Value))}")));
        var headers = arguments.TryGetValue("headers", out var given) ? Json.Fields(given) : [];
        arguments["headers"] = Json.Object(headers.Append(new("content-type", Json.Of("application/x-www-form-urlencoded"))));
    }

    private string? Text(string field) => Fields.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
