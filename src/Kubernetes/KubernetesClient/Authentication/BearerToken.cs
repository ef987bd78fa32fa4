using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>A token as a header carries it.</summary>
internal static class BearerToken
{
    /// <exception cref="FormatException">No header can carry it; the message does not repeat it, for it is a secret.</exception>
    public static AuthenticationHeaderValue Header(string token) => token.All(c => c is >= ' ' and <= '~')
        ? new("Bearer", token)
        : throw new FormatException("It holds a line break or another character that no header can carry.");
}
