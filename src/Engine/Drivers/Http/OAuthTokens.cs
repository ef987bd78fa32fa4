using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>
/// Access tokens by client credentials (RFC 6749, 4.4), one at a time, renewed shortly before they expire, and all revoked at the end
/// (RFC 7009; a token that is already gone counts as revoked). Credential keys: <c>clientId</c>, <c>clientSecret</c>.
/// </summary>
internal sealed class OAuthTokens(HttpClient client, HttpOptions options, Credentials credentials, TimeProvider clock) : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly HashSet<string> _issued = new(StringComparer.Ordinal);
    private string? _current;
    private DateTimeOffset _renewAt;

    public async Task<string> CurrentAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_current is null || clock.GetUtcNow() >= _renewAt)
            {
                _current = await FetchAsync(cancellationToken);
            }

            return _current;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Revokes every token that was issued to us; what succeeded is not asked again.</summary>
    public async Task<ReleaseProof> RevokeAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            _current = null;
            if (options.RevocationUrl is null)
            {
                return new ReleaseProof(true);
            }

            int revoked = 0;
            foreach (string token in _issued.ToArray())
            {
                using HttpResponseMessage answer = await PostAsync(
                    options.RevocationUrl, cancellationToken, ("token", token), ("token_type_hint", "access_token"));
                if (!answer.IsSuccessStatusCode)
                {
                    return new ReleaseProof(false, revoked, _issued.Count, $"The token was not revoked: status {(int)answer.StatusCode}.");
                }

                _issued.Remove(token);
                revoked++;
            }

            return new ReleaseProof(true, revoked);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        (string, string)[] scope = options.Scope is null ? [] : [("scope", options.Scope)];
        using HttpResponseMessage answer = await PostAsync(options.TokenUrl!, cancellationToken, [("grant_type", "client_credentials"), .. scope]);
        if (!answer.IsSuccessStatusCode)
        {
            throw new NodeFailureException(
                "HttpError", $"The token endpoint answered with status {(int)answer.StatusCode}.", HttpAnswer.IsPassing(answer.StatusCode));
        }

        JsonElement body = (await HttpAnswer.ReadAsync(answer, LargestAnswer, cancellationToken)).GetProperty("body");
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("access_token", out JsonElement token)
            || token.ValueKind != JsonValueKind.String)
        {
            throw new NodeFailureException("HttpError", "The token endpoint's answer holds no access_token.", retryable: false);
        }

        double seconds = body.TryGetProperty("expires_in", out JsonElement expires) && expires.TryGetDouble(out double given) ? given : 3600;
        _renewAt = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400)) - Early;
        _issued.Add(token.GetString()!);
        return token.GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync(Uri url, CancellationToken cancellationToken, params (string Key, string Value)[] form)
    {
        string id = Uri.EscapeDataString(credentials.Find("clientId") ?? "");
        string secret = Uri.EscapeDataString(credentials.Find("clientSecret") ?? "");
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
