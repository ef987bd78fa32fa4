using System.Net;
using System.Net.Sockets;
using Bulkhead.Engine.Drivers.Postgres;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

public sealed class TcpEndTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new();
    private readonly TcpClient _server;
    private readonly TcpEnd _end;

    public TcpEndTests()
    {
        _listener.Start();
        _client.Connect((IPEndPoint)_listener.LocalEndpoint);
        _server = _listener.AcceptTcpClient();
        _end = TcpEnd.Of((IPEndPoint)_client.Client.LocalEndPoint!, (IPEndPoint)_client.Client.RemoteEndPoint!);
    }

    [Fact]
    public void IsOurs_OpenConnection_OnlyOfThisMachine()
    {
        _end.IsOurs().ShouldBeTrue();
        TcpEnd.Of(new IPEndPoint(IPAddress.Parse("192.0.2.1"), _end.Local.Port), _end.Remote).IsOurs().ShouldBeFalse("behind address translation the client is another");
        TcpEnd.Of(_end.Local, new IPEndPoint(IPAddress.Loopback, 1)).IsOurs().ShouldBeFalse("a local port may be used towards several servers");
    }

    [Fact]
    public async Task IsClosed_ServerKeepsItsEnd_IsNotProven()
    {
        _client.Close();
        (await _end.IsClosedByServerAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None)).ShouldBeFalse("a stopped backend sends no FIN");
        _server.Close();
        (await _end.IsClosedByServerAsync(TimeSpan.FromSeconds(10), CancellationToken.None)).ShouldBeTrue();
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _listener.Dispose();
    }
}
