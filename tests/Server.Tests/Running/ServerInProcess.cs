using Microsoft.Extensions.Logging.Abstractions;

namespace Bulkhead.Server.Tests.Running;

/// <summary>The server in this process, with real Kestrel on loopback and real workers, where a test needs its clock or its limits.</summary>
internal sealed class ServerInProcess : IAsyncDisposable
{
    private ServerInProcess(ServerHost host) => Host = host;

    public ServerHost Host { get; }

    public static async Task<ServerInProcess> StartAsync(ServeFolder folder, Func<ServerSettings, ServerSettings>? change = null, Func<ServeOptions, ServeOptions>? options = null)
    {
        var given = new ServeOptions
        {
            Listen = "127.0.0.1:0",
            Tokens = folder.Tokens,
            Connections = File.Exists(folder.Connections) ? folder.Connections : null,
            Data = folder.Data,
            Drain = TimeSpan.FromSeconds(1),
            Variable = name => folder.Secrets.GetValueOrDefault(name),
        };
        var settings = new ServerSettings { Worker = Repository.Worker };
        var (host, problems) = new ServerOpening(options?.Invoke(given) ?? given, change?.Invoke(settings) ?? settings, NullLoggerFactory.Instance).Open();
        problems.Select(p => p.Message).ShouldBeEmpty();
        await host!.StartAsync();
        return new ServerInProcess(host);
    }

    public ApiClient Client(string token) => new(Host.Address, token);

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
    }
}
