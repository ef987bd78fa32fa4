using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>Credentials that can be had anew before their time, when the server refuses those that we hold.</summary>
internal interface IRenewableToken
{
    /// <summary>Gets them anew, once for all requests that were refused with <paramref name="refused"/>.</summary>
    /// <returns>False: they are the same as before.</returns>
    Task<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken ct);
}
