using Bulkhead.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>
/// Finds the token of a request: <c>Authorization: Bearer TOKEN</c>, or, for a browser's WebSocket, which can set no header, the subprotocol
/// <c>bulkhead.bearer.TOKEN</c> beside <c>bulkhead.v1</c>. Never a query string: these end in logs.
/// </summary>
internal static class Callers
{
    /// <summary>The subprotocol that the server answers with.</summary>
    public const string Subprotocol = "bulkhead.v1";

    private const string Bearer = "Bearer ";
    private const string SubprotocolToken = "bulkhead.bearer.";

    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        return request.HttpContext.WebSockets.IsWebSocketRequest
            ? request.HttpContext.WebSockets.WebSocketRequestedProtocols
                .FirstOrDefault(p => p.StartsWith(SubprotocolToken, StringComparison.Ordinal))?[SubprotocolToken.Length..]
            : null;
    }

    public static void Set(HttpContext http, Caller caller) => http.Items[typeof(Caller)] = caller;

    public static Caller? Find(HttpContext http) => http.Items[typeof(Caller)] as Caller;

    /// <summary>The caller of an endpoint that is not public.</summary>
    public static Caller Of(HttpContext http) => Find(http) ?? throw new InvalidOperationException("The endpoint is public.");
}
