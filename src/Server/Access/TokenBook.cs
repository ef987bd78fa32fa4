using System.Security.Cryptography;
using Bulkhead.Api.Problems;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server.Access;

/// <summary>
/// The tokens that are valid now. The file is looked at every second and read again when it changed; a faulty or missing file changes nothing
/// and is logged. Candidates are compared with every entry in constant time.
/// </summary>
internal sealed class TokenBook : IAsyncDisposable
{
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private readonly ILogger _log;
    private readonly Task _watching;
    private volatile Held[] _held = [];
    private Stamp _stamp;

    private TokenBook(string path, TimeProvider clock, ILogger log)
    {
        (_path, _log) = (path, log);
        _stamp = Stamp.Of(path);
        Take(TokensFile.Read(File.ReadAllBytes(path)).Entries);
        _watching = WatchAsync(clock);
    }

    /// <summary>Opens the file. With problems there is no book.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (TokenBook? Book, IReadOnlyList<Problem> Problems) Open(string path, TimeProvider clock, ILogger log)
    {
        var problems = TokensFile.Read(File.ReadAllBytes(path)).Problems;
        return problems.Count > 0 ? (null, problems) : (new TokenBook(path, clock, log), []);
    }

    /// <summary>Who a token stands for; null when it is none of ours.</summary>
    public Caller? Find(string token)
    {
        if (token.Length is 0 or > BearerToken.MaxLength) return null;
        var hash = BearerToken.Hash(token);
        Caller? caller = null;
        foreach (var held in _held)
        {
            if (CryptographicOperations.FixedTimeEquals(held.Entry.Hash, hash)) caller = held.Caller;
        }

        return caller;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(LookInterval, clock);
        while (await timer.WaitForNextTickAsync(_stop.Token)) LookAgain();
    }

    private void LookAgain()
    {
        try
        {
            var stamp = Stamp.Of(_path);
            if (stamp == _stamp) return;
            var file = TokensFile.Read(File.ReadAllBytes(_path));
            _stamp = stamp;
            if (file.Problems is [var fault, ..]) Log.TokensFaulty(_log, file.Problems.Count, fault.Path, fault.Message);
            else Take(file.Entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.TokensUnreadable(_log, e.Message);
        }
    }

    private void Take(IReadOnlyList<TokenEntry> entries)
    {
        var before = _held;
        var after = entries.Select(entry => Array.Find(before, h => h.Is(entry)) ?? new Held(entry)).ToArray();
        _held = after;
        foreach (var gone in before.Except(after)) gone.Dispose();
        Log.TokensRead(_log, entries.Count);
    }

    /// <summary>What tells a changed file: a new file by atomic replacement has another size, time or target.</summary>
    private readonly record struct Stamp(DateTime Written, long Length, string? Target)
    {
        public static Stamp Of(string path)
        {
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true);
            var info = new FileInfo(target?.FullName ?? path);
            return info.Exists ? new Stamp(info.LastWriteTimeUtc, info.Length, target?.FullName) : default;
        }
    }

    private sealed class Held : IDisposable
    {
        private readonly CancellationTokenSource _revoked;

        public Held(TokenEntry entry)
        {
            (Entry, _revoked) = (entry, new CancellationTokenSource());
            Caller = new Caller(entry.Owner, entry.Roles, _revoked.Token);
        }
        public TokenEntry Entry { get; }

        public Caller Caller { get; }

        public bool Is(TokenEntry other) =>
            Entry.Owner == other.Owner && Entry.Roles.SequenceEqual(other.Roles) && Entry.Hash.AsSpan().SequenceEqual(other.Hash);

        /// <summary>The token is no longer valid.</summary>
        public void Dispose()
        {
            _revoked.Cancel();
            _revoked.Dispose();
        }
    }
}
