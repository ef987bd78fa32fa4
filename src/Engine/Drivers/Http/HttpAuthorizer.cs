using System.Net.Http.Headers;
using System.Text;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>Puts the connection's credentials on a request, and invalidates them at the end.</summary>
internal sealed class HttpAuthorizer : IDisposable
{
    private readonly HttpOptions _options;
    private readonly Credentials _credentials;
    private readonly HttpAuthorization _kind;
    private readonly OAuthTokens? _tokens;

    public HttpAuthorizer(HttpClient client, HttpOptions options, Credentials credentials, TimeProvider clock)
    {
        _options = options;
        _credentials = credentials;
        _kind = options.Authorization == HttpAuthorization.Auto ? Held(credentials) : options.Authorization;
        string[] needed = _kind switch
        {
            HttpAuthorization.Bearer => ["token"],
            HttpAuthorization.Basic => ["username", "password"],
            HttpAuthorization.ApiKey => ["apiKey"],
            HttpAuthorization.OAuth2 => ["clientId", "clientSecret"],
            _ => [],
        };
        if (Array.Find(needed, key => credentials.Find(key) is null) is { } missing)
        {
            throw new NodeFailureException("HttpError", $"The connection's secret has no key '{missing}'.", retryable: false);
        }

        _tokens = _kind == HttpAuthorization.OAuth2 ? new OAuthTokens(client, options, credentials, clock) : null;
    }

    public async Task AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (_kind)
        {
            case HttpAuthorization.Bearer:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _credentials.Find("token"));
                break;
            case HttpAuthorization.OAuth2:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _tokens!.CurrentAsync(cancellationToken));
                break;
            case HttpAuthorization.Basic:
                byte[] pair = Encoding.UTF8.GetBytes($"{_credentials.Find("username")}:{_credentials.Find("password")}");
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
                break;
            case HttpAuthorization.ApiKey:
                request.Headers.TryAddWithoutValidation(_options.ApiKeyHeader, _credentials.Find("apiKey"));
                break;
        }
    }

    /// <summary>Fetches the first token, where there are any, so that wrong credentials show when the connection is opened.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => _tokens?.CurrentAsync(cancellationToken) ?? Task.CompletedTask;

    public Task<ReleaseProof> RevokeAsync(CancellationToken cancellationToken) =>
        _tokens?.RevokeAsync(cancellationToken) ?? Task.FromResult(new ReleaseProof(true));

    public void Dispose() => _tokens?.Dispose();

    private static HttpAuthorization Held(Credentials credentials) =>
        credentials.Find("token") is not null ? HttpAuthorization.Bearer
        : credentials.Find("apiKey") is not null ? HttpAuthorization.ApiKey
        : credentials.Find("username") is not null ? HttpAuthorization.Basic
        : HttpAuthorization.None;
}
