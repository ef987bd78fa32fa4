using System.Net;
using System.Net.Sockets;

namespace Bulkhead.Engine.Actions.Web;

/// <summary>
/// Connects to public addresses only. It stands where the socket is opened: after DNS resolution, and again for every redirect; the address
/// that was judged is the one that is dialled.
/// </summary>
internal static class GuardedSockets
{
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var resolved = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = Array.FindAll(resolved, PublicAddress.Is);
        if (allowed.Length == 0)
            throw new NodeFailureException("HttpError", $"The address of '{host}' is not public; only public addresses may be reached by URL.", retryable: false);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
