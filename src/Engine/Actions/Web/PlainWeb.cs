using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Http;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>
/// Requests by plain URL: one client for each execution, made on first use. It carries no credentials, cookies or owner tag, and reaches
/// what the tenant's settings allow (<see cref="PlainHttp"/>).
/// </summary>
internal sealed class PlainWeb(PlainHttp allowed, TimeProvider clock) : IDisposable
{
    private static readonly HttpOptions Options = new()
    {
        BaseUrl = new Uri("http://localhost"),
        Authorization = HttpAuthorization.None,
        FollowOrigins = true,
    };

    private readonly Lock _lock = new();
    private HttpResource? _resource;

    /// <param name="url">Absolute, http or https, without a user.</param>
    /// <param name="request">As a connection takes it, without path.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<JsonElement> RequestAsync(string url, JsonElement request, CancellationToken cancellationToken)
    {
        if (allowed == PlainHttp.None)
            throw ActionCall.Wrong("Plain URLs are not allowed here: declare an http connection, or let the tenant's settings allow them.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https") || target.UserInfo.Length > 0)
            throw ActionCall.Wrong("A URL must be absolute, begin with http:// or https://, and name no user.");
        return Resource().SendAsync(HttpRequest.ReadAt(target, request, Options), cancellationToken);
    }

    public void Dispose() => _resource?.Dispose();

    private HttpResource Resource()
    {
        lock (_lock)
        {
            if (_resource is not null) return _resource;
            var client = NewClient();
            return _resource = new HttpResource(Options, client, new HttpAuthorizer(client, Options, Credentials.None, clock), "http:plain", clock);
        }
    }

    private HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = Options.MaxSessions,
            ConnectTimeout = Options.Timeout,
        };
        if (allowed == PlainHttp.Public) handler.ConnectCallback = GuardedSockets.ConnectAsync;
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
