using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>A token in a file that somebody else renews (a projected service-account token): read again after a minute.</summary>
public class TokenFileAuth : ITokenProvider
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private readonly string _file;
    private readonly TimeProvider _time;
    private Reading? _last;

    public TokenFileAuth(string tokenFile)
        : this(tokenFile, TimeProvider.System)
    {
    }

    internal TokenFileAuth(string tokenFile, TimeProvider time)
    {
        _file = tokenFile;
        _time = time;
    }

    public async Task<AuthenticationHeaderValue?> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var last = _last;
        if (last is null || _time.GetElapsedTime(last.At) >= MaxAge)
        {
            var token = (await File.ReadAllTextAsync(_file, cancellationToken)).Trim();
            _last = last = new(new("Bearer", token), _time.GetTimestamp());
        }
        return last.Header;
    }

    private sealed record Reading(AuthenticationHeaderValue Header, long At);
}
