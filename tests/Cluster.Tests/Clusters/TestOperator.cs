using Bulkhead.Cluster.Operator;
using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator;
using KubeOps.Operator.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>The runtime with a recording controller for widgets, in this process, with short times.</summary>
internal sealed class TestOperator : IAsyncDisposable
{
    private readonly IHost _host;

    private TestOperator(IHost host, Recorder recorder) => (_host, Recorder) = (host, recorder);

    public Recorder Recorder { get; }

    public IServiceProvider Services => _host.Services;

    public static RuntimeOptions ShortTimes { get; } = new()
    {
        WatchTimeout = TimeSpan.FromSeconds(30),
        WatchGrace = TimeSpan.FromSeconds(5),
        MaxReconnectPause = TimeSpan.FromSeconds(1),
        MaxBackoff = TimeSpan.FromMilliseconds(20),
    };

    private Term<Widget> Term => Services.GetServices<IPipeline>().OfType<Pipeline<Widget>>().Single().Term
        ?? throw new InvalidOperationException("the operator does not run");

    /// <summary>Uids and versions that the runtime believes in.</summary>
    public IReadOnlyDictionary<string, string> Known => Term.Store.Keys()
        .Select(k => (k.Uid, Term.Store.Find(k).Present))
        .Where(x => x.Present is not null)
        .ToDictionary(x => x.Uid, x => x.Present!.ResourceVersion);

    public IReadOnlyList<string> KnownNames => [.. Term.Store.Keys().Select(k => k.Name).Order()];

    public bool IsIdle => Term.Queue.Ready == 0;

    public static async Task<TestOperator> StartAsync(
        KubernetesClientConfiguration config, string ns, RuntimeOptions? options = null, Recorder? recorder = null,
        Action<OperatorSettingsBuilder>? settings = null, Action<IOperatorBuilder>? more = null, bool onlyChosen = false)
    {
        recorder ??= new();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(config).AddSingleton(options ?? ShortTimes).AddSingleton(recorder);
        var added = builder.Services
            .AddKubernetesOperator(s =>
            {
                s.Namespace = ns;
                s.ReconcileStrategy = ReconcileStrategy.ByResourceVersion;
                s.ParallelReconciliation.ErrorBackoffBase = TimeSpan.FromMilliseconds(1);
                settings?.Invoke(s);
            });
        if (onlyChosen)
            added.AddControllerWithLabelSelector<RecordingController, Widget, ChosenWidgets>();
        else
            added.AddController<RecordingController, Widget>();
        more?.Invoke(added);
        var test = new TestOperator(builder.Build(), recorder);
        await test._host.StartAsync();
        await Eventually.TrueAsync(
            () => test.Services.GetServices<IPipeline>().OfType<Pipeline<Widget>>().Single().Term?.Reflector.Listed.Task.IsCompletedSuccessfully == true,
            TimeSpan.FromSeconds(30), () => "the first list");
        return test;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
