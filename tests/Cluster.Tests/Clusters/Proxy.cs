using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>A TCP proxy before the API server that can cut connections, refuse new ones, or go silent without closing anything.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _silence;
    private volatile bool _refuse;

    public Proxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections { get; private set; }

    /// <summary>Connections stay open and nothing passes any more; new connections are accepted and as silent.</summary>
    public void GoSilent() => _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections pass again. Those that were silent stay so: what they had to carry is lost.</summary>
    public void Speak() => _silence = null;

    public void Refuse(bool refuse)
    {
        _refuse = refuse;
        if (refuse)
            Cut();
    }

    public void Cut()
    {
        foreach (var socket in _open.Keys)
            socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                if (_refuse)
                    client.Dispose();
                else
                    _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The proxy is disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Connections++;
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _open[client] = _open[server] = 0;
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, _end.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            client.Dispose();
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is var count and > 0)
            {
                if (_silence is { } silence)
                    await silence.Task.WaitAsync(_end.Token);
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
