using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace k8s;

/// <summary>
/// Opens connections. A peer that is gone without a word is noticed twice: by HTTP/2 pings, which go through proxies to the server itself,
/// and by TCP keep-alive where only HTTP/1.1 is spoken.
/// </summary>
internal static class ApiHandler
{
    private const int StreamWindow = 1024 * 1024;

    /// <param name="last">Opens the connections.</param>
    /// <param name="handlers">See every request before it; the first is outermost.</param>
    public static HttpMessageInvoker Create(HttpMessageHandler last, DelegatingHandler[] handlers)
    {
        foreach (var handler in handlers.Reverse())
        {
            handler.InnerHandler = last;
            last = handler;
        }
        return new(last);
    }

    public static SocketsHttpHandler Sockets(KubernetesClientConfiguration config, TlsIdentity identity)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = ConnectAsync,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = StreamWindow,
            KeepAlivePingDelay = config.Limits.PingDelay,
            KeepAlivePingTimeout = config.Limits.PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            SslOptions = Tls(config, identity),
        };
        config.FirstMessageHandlerSetup?.Invoke(sockets);
        return sockets;
    }

    private static SslClientAuthenticationOptions Tls(KubernetesClientConfiguration config, TlsIdentity identity)
    {
        var options = new SslClientAuthenticationOptions();
        if (!string.IsNullOrEmpty(config.TlsServerName))
            options.TargetHost = config.TlsServerName;
        if (config.SkipTlsVerify)
        {
            // The kubeconfig asked for it (insecure-skip-tls-verify).
#pragma warning disable CA5359
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (identity.Trusted(config) is { Count: > 0 } authorities)
        {
            options.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        if (identity.ClientCertificate() is { } certificate)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return options;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
