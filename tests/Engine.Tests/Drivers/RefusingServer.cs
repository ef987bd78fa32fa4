using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bulkhead.Engine.Tests.Drivers;

/// <summary>
/// A proxy before the real server that behaves as an older version: a start-up packet which names a refused setting gets the server's
/// own error message, as PostgreSQL 13 gives it; every other one goes through.
/// </summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static RefusingServer Start(int serverPort, params string[] refused)
    {
        var server = new RefusingServer();
        server._listener.Start();
        server._accepting = server.AcceptAsync(serverPort, refused);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync(int serverPort, string[] refused)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                serving.Add(ServeAsync(client, serverPort, refused));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, int serverPort, string[] refused)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            byte[] startUp = await ReadPacketAsync(stream);
            if (startUp.Length == 8)
            {
                await stream.WriteAsync("N"u8.ToArray(), _stop.Token); // No TLS.
                startUp = await ReadPacketAsync(stream);
            }

            string text = Encoding.ASCII.GetString(startUp);
            string? setting = Array.Find(refused.Order(StringComparer.Ordinal).ToArray(), s => text.Contains(s, StringComparison.Ordinal));
            if (setting is not null)
            {
                await stream.WriteAsync(Fatal($"unrecognized configuration parameter \"{setting}\""), _stop.Token);
                return;
            }

            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, serverPort, _stop.Token);
            await server.GetStream().WriteAsync(startUp, _stop.Token);
            await Task.WhenAny(PumpAsync(stream, server.GetStream()), PumpAsync(server.GetStream(), stream));
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }

    private async Task<byte[]> ReadPacketAsync(NetworkStream stream)
    {
        byte[] length = new byte[4];
        await stream.ReadExactlyAsync(length, _stop.Token);
        byte[] packet = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(packet, 0);
        await stream.ReadExactlyAsync(packet.AsMemory(4), _stop.Token);
        return packet;
    }

    private static byte[] Fatal(string message)
    {
        byte[] fields = Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C42704\0M{message}\0\0");
        byte[] packet = new byte[fields.Length + 5];
        packet[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(1), fields.Length + 4);
        fields.CopyTo(packet, 5);
        return packet;
    }
}
