using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>Where the bearer token comes from; asked before every request.</summary>
public interface ITokenProvider
{
    Task<AuthenticationHeaderValue?> GetAuthenticationHeaderAsync(CancellationToken cancellationToken);
}
