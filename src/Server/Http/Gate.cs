using Bulkhead.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>
/// What every request passes before its endpoint: security headers, origin, token, role. A route that does not say that it is public is not.
/// </summary>
internal sealed class Gate(TokenBook tokens, OriginRule origins, ServerMeter meter)
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Before the rate limit: who it is, if anybody.</summary>
    public async Task IdentifyAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = PagePolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (http.Request.Headers.Origin is { Count: > 0 } origin && (origin.Count > 1 || !origins.Allows(origin[0])))
        {
            meter.Refused("origin");
            await Answer.ProblemAsync(http, StatusCodes.Status403Forbidden, "ORIGIN_REFUSED", "Pages of this origin may not talk to this server.");
            return;
        }

        if (Callers.TokenOf(http.Request) is { } token && tokens.Find(token) is { } caller) Callers.Set(http, caller);
        await next(http);
    }

    /// <summary>After the rate limit: whether it may.</summary>
    public async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        var access = http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() ?? RouteAccess.Look;
        if (access == RouteAccess.Public)
        {
            await next(http);
            return;
        }

        if (Callers.Find(http) is not { } caller)
        {
            meter.Refused("token");
            await Answer.ProblemAsync(http, StatusCodes.Status401Unauthorized, "TOKEN_REQUIRED", "A valid bearer token is needed.");
            return;
        }

        if (access.Allows(caller)) await next(http);
        else await Answer.ProblemAsync(http, StatusCodes.Status403Forbidden, "ROLE_REQUIRED", $"The token's roles ({string.Join(", ", caller.Roles)}) do not allow this.");
    }
}
