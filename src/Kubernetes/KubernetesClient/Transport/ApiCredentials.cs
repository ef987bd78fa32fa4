using System.Net.Http.Headers;
using k8s.Authentication;

namespace k8s;

/// <summary>What a request proves itself with: a token, and the client certificate of its connection.</summary>
internal sealed class ApiCredentials(ITokenProvider? tokens, RotatingHandler connections)
{
    public Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken ct) =>
        tokens is null ? Task.FromResult<AuthenticationHeaderValue?>(null) : tokens.GetAuthenticationHeaderAsync(ct);

    /// <summary>After a refusal (401): gets token and certificate anew.</summary>
    /// <returns>False: both are what the request was sent with, so that another try would end the same.</returns>
    public async Task<bool> RenewAsync(HttpRequestMessage refused, CancellationToken ct)
    {
        var token = tokens is IRenewableToken renewable && await renewable.RenewAsync(refused.Headers.Authorization, ct);
        return connections.IsRotatedSince(refused) || token;
    }

    /// <summary>After a handshake that failed: reads the authorities anew.</summary>
    /// <returns>False: they are the same.</returns>
    public bool IsRotatedSince(HttpRequestMessage failed) => connections.IsRotatedSince(failed);
}
