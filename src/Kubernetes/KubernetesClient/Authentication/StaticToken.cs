using System.Net.Http.Headers;
using System.Text;

namespace k8s.Authentication;

/// <summary>Credentials that do not change: a token, or a user name with a password.</summary>
internal sealed class StaticToken(AuthenticationHeaderValue header) : ITokenProvider
{
    public static StaticToken Bearer(string token) => new(BearerToken.Header(token));

    public static StaticToken Basic(string user, string? password) =>
        new(new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));

    public Task<AuthenticationHeaderValue?> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        Task.FromResult<AuthenticationHeaderValue?>(header);
}
