using System.Net;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Running;
using Bulkhead.Server.Access;
using Bulkhead.Server.Executions;
using Bulkhead.Server.Feeds;
using Bulkhead.Server.Http;
using Bulkhead.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server;

/// <summary>
/// The server put together, from start to stop:
/// <code>
/// start: tokens, data, line, factory -> listen -> recover what an earlier server left -> ready
/// stop:  no new executions -> wait -> cancel and release -> close streams -> stop listening
/// </code>
/// </summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServeOptions _options;
    private readonly ServerSettings _settings;
    private readonly DataFolder _data;
    private readonly TokenBook _tokens;
    private readonly ServerMeter _meter = new();
    private readonly PrometheusPage _metrics;
    private readonly ExecutionEngineFactory _factory;
    private readonly ExecutionIndex _index;
    private readonly Dispatcher _dispatcher;
    private readonly OriginRule _origins;
    private readonly WebApplication _app;
    private readonly Recovery _recovery;
    private Task _background = Task.CompletedTask;
    private volatile bool _recovered;

    public ServerHost(ServeOptions options, ServerSettings settings, IPEndPoint endpoint, TokenBook tokens, ConnectionsFile connections, ILoggerFactory logs)
    {
        (_options, _settings, _tokens) = (options, settings, tokens);
        var log = logs.CreateLogger("bulkhead");
        var clock = settings.Clock;
        _data = DataFolder.Open(options.Data);
        _metrics = new PrometheusPage(meter => SystemEndpoints.Shows(meter, _meter));
        _index = new ExecutionIndex(_data, clock, log);
        _index.Load();
        var line = new FairLine(options.PerUser, options.Workers);
        _meter.Watch(line, Feeds);
        _factory = new ExecutionEngineFactory(Feeds, new WorkerHost(settings.Worker, connections, _index.Find, clock), FactoryOptions(options), clock);
        _dispatcher = new Dispatcher(_index, line, _factory, Feeds, _meter, clock, log);
        _recovery = new Recovery(_index, _dispatcher, connections, settings.Worker, clock, log);
        _origins = new OriginRule(options.Origins);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Listener.Apply(builder, endpoint, Listener.Configuration(options), settings);
        Pipeline.AddParts(builder.Services, settings.Rates, _meter, logs);
        _app = builder.Build();
        Pipeline.Use(_app, new Gate(tokens, _origins, _meter), log);
        Routes.Map(_app, new RouteHandlers
        {
            Submit = new SubmitEndpoint(_dispatcher, _index, line, connections, options.PlainHttp, settings.Retention),
            Executions = new ExecutionEndpoints(_index, _dispatcher, line, _stopping.Token),
            Feed = new FeedEndpoint(_index, Feeds, new FeedReaders(settings.SendTimeout), _meter, clock, log, _stopping.Token),
            System = new SystemEndpoints(_dispatcher, _metrics, () => _recovered),
        });
    }

    public UserFeeds Feeds { get; } = new();

    /// <summary>Every route, for the comparison with openapi.json.</summary>
    public IEnumerable<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Where it listens, once it does.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    public async Task StartAsync()
    {
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _origins.Add(Address.Scheme, IPEndPoint.Parse(Address.Authority));
        _background = Task.WhenAll(RecoverAsync(), ForgetAsync());
    }

    /// <summary>Drains, then stops. The second signal ends the drain at once.</summary>
    public async Task StopAsync(CancellationToken atOnce)
    {
        await _dispatcher.DrainAsync(_options.Drain, atOnce);
        await _stopping.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        await _factory.DisposeAsync();
        await _tokens.DisposeAsync();
        _metrics.Dispose();
        _meter.Dispose();
        _data.Dispose();
        _stopping.Dispose();
    }

    private static EngineFactoryOptions FactoryOptions(ServeOptions options) => new()
    {
        MaxEnginesPerUser = options.PerUser,
        CleanupTimeout = TimeSpan.FromSeconds(45),
        ShutdownTimeout = TimeSpan.FromSeconds(60),
        Events = new UserEventOptions { DrainTimeout = TimeSpan.FromSeconds(10) },
    };

    private async Task RecoverAsync()
    {
        await _recovery.RunAsync(_stopping.Token);
        _recovered = true;
    }

    private async Task ForgetAsync()
    {
        using var timer = new PeriodicTimer(_settings.RetentionInterval, _settings.Clock);
        do
        {
            foreach (var uid in _settings.Retention.Expired(_index.All.Select(e => e.Record), _settings.Clock.GetUtcNow())) _index.Remove(uid);
        }
        while (await timer.WaitForNextTickAsync(_stopping.Token));
    }
}
