using System.Net;
using System.Net.Sockets;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>
/// Whether an address belongs to the public internet. Loopback, private, link-local (and with it cloud metadata), shared, documentation and
/// multicast addresses do not, nor do IPv6 forms that carry an IPv4 address. Source: IANA special-purpose address registries (RFC 6890).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalV6.Contains(plain)) return false;
        return !Array.Exists(Special, network => network.Contains(plain));
    }
}
