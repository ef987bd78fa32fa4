using System.Globalization;
using System.Net;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// Our end of a session's TCP connection, as the server names it. PostgreSQL leaves its end open until the backend process is gone, so the
/// server's FIN proves that the session has ended, without another session to ask: our end is then in TIME_WAIT (we closed first) or gone
/// (the server closed first). Source: proc(5), RFC 9293 3.3.2.
/// </summary>
/// <param name="Local">Our address and port, as the server sees its client.</param>
/// <param name="Remote">The server's address and port, as it sees itself.</param>
/// <param name="Tables">The kernel's tables; a test gives its own.</param>
internal sealed record TcpEnd(IPEndPoint Local, IPEndPoint Remote, IReadOnlyList<string> Tables)
{
    private const int Established = 1;
    private const int TimeWait = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static TcpEnd Of(IPEndPoint local, IPEndPoint remote) => new(Plain(local), Plain(remote), ["/proc/self/net/tcp", "/proc/self/net/tcp6"]);

    /// <summary>
    /// Whether the connection ends here: behind address translation or a proxy the server's client is somebody else, and nothing can be told.
    /// </summary>
    public bool IsOurs() => States().Contains(Established);

    /// <summary>After closing: waits for the server's FIN. False when it does not come in time.</summary>
    public async Task<bool> IsClosedByServerAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < limit;)
        {
            if (States() is [] or [TimeWait]) return true;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    private List<int> States() => [.. Tables.Where(File.Exists).SelectMany(File.ReadLines).Select(StateOf).OfType<int>()];

    /// <summary>The state of a table's line if both its ends are ours: <c>0: 0100007F:8A2E 0100007F:1538 01 ...</c>.</summary>
    private int? StateOf(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 4 && Local.Equals(EndOf(fields[1])) && Remote.Equals(EndOf(fields[2]))
            ? int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : null;
    }

    private static IPEndPoint? EndOf(string field) =>
        field.Split(':') is [var address, var port] && int.TryParse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            ? Plain(new IPEndPoint(AddressOf(address), number))
            : null;

    private static IPEndPoint Plain(IPEndPoint end) => end.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(end.Address.MapToIPv4(), end.Port) : end;

    /// <summary>The kernel writes 32-bit words in the machine's byte order.</summary>
    private static IPAddress AddressOf(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var word = 0; word < bytes.Length; word += 4) Array.Reverse(bytes, word, 4);
        return new IPAddress(bytes);
    }
}
