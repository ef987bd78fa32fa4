using k8s.Exceptions;

namespace k8s;

/// <summary>
/// Sends over connections that carry the present <see cref="TlsIdentity"/>. When certificate, key or authorities were rotated, new requests get
/// new connections; what is under way (a watch, a log) ends on its old one.
/// </summary>
internal sealed class RotatingHandler : HttpMessageHandler
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private static readonly HttpRequestOptionsKey<Connections> Used = new(nameof(RotatingHandler));
    private readonly Lock _lock = new();
    private readonly KubernetesClientConfiguration _config;
    private readonly TimeProvider _time;
    private readonly List<Connections> _opened = [];
    private volatile Connections _current;
    private long _readAt;

    /// <exception cref="KubeConfigException">The configuration's certificates cannot be used.</exception>
    public RotatingHandler(KubernetesClientConfiguration config, TimeProvider time)
    {
        (_config, _time, _readAt) = (config, time, time.GetTimestamp());
        _current = Open(TlsIdentity.Read(config));
    }

    /// <summary>Reads the files now, and says whether a request that went wrong would meet other connections by now.</summary>
    public bool IsRotatedSince(HttpRequestMessage request)
    {
        Reload();
        return request.Options.TryGetValue(Used, out var used) && used != _current;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _readAt)) >= MaxAge)
            Reload();
        var connections = _current;
        request.Options.Set(Used, connections);
        return await connections.Http.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
                _opened.ForEach(o => o.Http.Dispose());
        }
        base.Dispose(disposing);
    }

    private void Reload()
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _readAt, _time.GetTimestamp());
            try
            {
                var read = TlsIdentity.Read(_config);
                if (read != _current.Identity)
                    _current = Open(read);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or KubeConfigException)
            {
                // In the middle of a rotation the files do not fit together; the next look finds them whole.
            }
        }
    }

    private Connections Open(TlsIdentity identity)
    {
        // Former ones close their connections when these are idle, and are disposed with this.
        var opened = new Connections(new(ApiHandler.Sockets(_config, identity)), identity);
        _opened.Add(opened);
        return opened;
    }

    private sealed record Connections(HttpMessageInvoker Http, TlsIdentity Identity);
}
