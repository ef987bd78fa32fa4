using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bulkhead.Server.Access;

/// <summary>
/// A bearer token: <c>bht_</c> and 32 random bytes in base64url. Only its SHA-256 is kept: with 256 random bits there is nothing to guess,
/// so neither salt nor a slow hash would add anything.
/// </summary>
internal static class BearerToken
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Longer candidates are not even hashed.</summary>
    public const int MaxLength = 256;

    private const string Prefix = "bht_";

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
