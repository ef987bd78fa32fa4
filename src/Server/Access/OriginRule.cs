using System.Net;

namespace Bulkhead.Server.Access;

/// <summary>
/// Which web pages may talk to the server: its own, and those that were named. A request without an Origin comes from no page.
/// The names of the loopback stand for each other.
/// </summary>
internal sealed class OriginRule(IReadOnlyCollection<string> named)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];
    private volatile HashSet<string> _allowed = new(named, StringComparer.OrdinalIgnoreCase);

    /// <summary>The server's own address is known once it listens.</summary>
    public void Add(string scheme, IPEndPoint endpoint)
    {
        var names = IPAddress.IsLoopback(endpoint.Address) || endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any)
            ? LoopbackNames
            : [endpoint.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{endpoint.Address}]" : $"{endpoint.Address}"];
        _allowed = new HashSet<string>(_allowed.Concat(names.Select(n => $"{scheme}://{n}:{endpoint.Port}")), StringComparer.OrdinalIgnoreCase);
    }

    public bool Allows(string? origin) => origin is null or "" || _allowed.Contains(origin);
}
