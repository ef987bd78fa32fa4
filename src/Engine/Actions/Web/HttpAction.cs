using System.Text.Json;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>One HTTP request (RFC 9110).</summary>
internal sealed class HttpAction(string method) : IAction
{
    public static IReadOnlyList<HttpAction> All { get; } = [new("get"), new("post"), new("put"), new("delete")];

    public ActionSignature Signature { get; } = new(
        $"http.{method}",
        $"Sends a {method.ToUpperInvariant()} request over a declared http connection, or to a plain URL where the tenant's settings allow it. "
            + "A status of 400 or more, no answer and a refused address are HttpErrors.",
        [
            new("connection", "string", "Name of an http connection.", Required: false),
            new("url", "string", "Absolute, in place of a connection.", Required: false),
            new("path", "string", "Below the connection's base URL. Default: `/`.", Required: false),
            new("query", "object", "Query parameters.", Required: false),
            new("headers", "object", "Headers, without credentials: those belong into the connection's secret.", Required: false),
            new("json", "any", "A body as JSON.", Required: false),
            new("body", "string", "A body as text.", Required: false),
            new("form", "object", "A body as form fields.", Required: false),
            new("fail_on_status", "boolean", "Whether a status of 400 or more is an error. Default: true.", Required: false),
        ],
        "`{status, ok, headers, body}`: a JSON body is native, other text is a string, anything else base64 with `encoding = \"base64\"`")
    {
        Named = true,
    };

    public async ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        var connection = call.FindText("connection") is { } name ? new ConnectionRef(name) : (ConnectionRef?)null;
        var fields = call.Find("json") is null ? call.Arguments.Where(a => a.Key != "json").ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal) : call.Arguments;
        return await new WebRequest(method.ToUpperInvariant(), connection, fields).SendAsync(call.Run, call.Caller, cancellationToken);
    }
}
