using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bulkhead.Testing.Otlp;

/// <summary>A collector for tests: takes OTLP over HTTP (protobuf) and keeps what came.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = [];
    private readonly ConcurrentDictionary<string, string> _metrics = new(StringComparer.Ordinal);
    private readonly Task _serving;

    private OtlpReceiver(Uri address)
    {
        Address = address;
        _listener.Prefixes.Add(address.AbsoluteUri);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    /// <summary>Names of metrics, and the service each came from.</summary>
    public IReadOnlyDictionary<string, string> Metrics => new Dictionary<string, string>(_metrics, StringComparer.Ordinal);

    /// <param name="address">An address of this machine. Default: loopback.</param>
    public static OtlpReceiver Start(string address = "127.0.0.1")
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new OtlpReceiver(new Uri($"http://{address}:{port}/"));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await TakeAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var request = new Protobuf(body.ToArray());
        if (context.Request.ContentType != "application/x-protobuf")
            context.Response.StatusCode = (int)HttpStatusCode.UnsupportedMediaType;
        else if (context.Request.Url!.AbsolutePath == "/v1/traces")
            foreach (var span in OtlpSpan.Of(request)) _spans.Enqueue(span);
        else if (context.Request.Url.AbsolutePath == "/v1/metrics")
            foreach (var resource in request.All(1)) Take(resource);
        else
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        context.Response.Close();
    }

    private void Take(Protobuf resource)
    {
        var service = resource.All(1, 1).Single(a => a[1]!.Text == "service.name")[2]![1]!.Text;
        foreach (var metric in resource.All(2, 2)) _metrics[metric[1]!.Text] = service;
    }
}
