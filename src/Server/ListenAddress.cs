using System.Globalization;
using System.Net;

namespace Bulkhead.Server;

/// <summary>Where to listen: <c>HOST:PORT</c>, with an address or <c>localhost</c> for HOST.</summary>
internal static class ListenAddress
{
    /// <summary>Null when the text is no address with a port.</summary>
    public static IPEndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
        var host = text[..colon].Trim('[', ']');
        if (host == "localhost") return new IPEndPoint(IPAddress.Loopback, port);
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : null;
    }
}
