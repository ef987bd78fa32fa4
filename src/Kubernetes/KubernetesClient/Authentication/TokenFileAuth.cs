using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>A token in a file that somebody else renews (a projected service-account token): read again after a minute, or when the server refuses it.</summary>
public class TokenFileAuth : ITokenProvider, IRenewableToken
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
            last = await ReadAsync(cancellationToken);
        return last.Header;
    }

    async Task<bool> IRenewableToken.RenewAsync(AuthenticationHeaderValue? refused, CancellationToken ct) =>
        !(await ReadAsync(ct)).Header.Equals(refused);

    private async Task<Reading> ReadAsync(CancellationToken ct)
    {
        var token = (await File.ReadAllTextAsync(_file, ct)).Trim();
        return _last = new(new("Bearer", token), _time.GetTimestamp());
    }

    private sealed record Reading(AuthenticationHeaderValue Header, long At);
}
