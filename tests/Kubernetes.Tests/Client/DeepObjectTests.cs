using System.Runtime.Versioning;
using Bulkhead.Kubernetes.Entities;
using k8s;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;
using KubeOps.Operator;
using KubeOps.Operator.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bulkhead.Kubernetes.Tests.Client;

/// <summary>An object that nests deeper than others must not hide them: not in a page, not in a watch.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeepObjectTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Pki _pki = new("authority");
    private TlsServer _server = null!;
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TlsServer.StartAsync(_pki.Issue("server"));
        File.WriteAllText(Path.Combine(_folder, "ca.crt"), _pki.Pem);
        var config = Path.Combine(_folder, "config");
        File.WriteAllText(config, $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{_server.Address}}", certificate-authority: ca.crt} }]
            users: [{name: u, user: {token: t} }]
            """);
        _client = new(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _pki.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(62)]
    [InlineData(90)]
    [InlineData(9_990)]
    public async Task ListAsync_OneDeepObject_HidesNone(int levels)
    {
        _server.Answer = Page(Execution("deep", levels), Execution("flat", 1));

        var all = await _client.ListAsync<WorkflowExecutionEntity>();

        all.Select(e => e.Metadata.Name).ShouldBe(["deep", "flat"]);
    }

    [Fact]
    public async Task ListAsync_ConnectionWithADeepConfig_HidesNone()
    {
        _server.Answer = Page($$"""{"metadata":{"name":"deep"},"spec":{"type":"http","config":{{Nested(90)}} } }""", """{"metadata":{"name":"flat"},"spec":{"type":"http"}}""");

        (await _client.ListAsync<ConnectionEntity>()).Select(e => e.Metadata.Name).ShouldBe(["deep", "flat"]);
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(990, true)]
    [InlineData(9_990, false)]
    public async Task ListPageAsync_OneDeepObject_AtMostThatOneIsLeftOut(int levels, bool isRead)
    {
        _server.Answer = Page(Execution("deep", levels), Execution("flat", 1));

        var page = await Source().ListPageAsync(null, CancellationToken.None);

        page.Items.Select(i => (i.Metadata.Name, i.Entity is not null)).ShouldBe([("deep", isRead), ("flat", true)]);
        page.Metadata.ResourceVersion.ShouldBe("7");
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(9_990, false)]
    public async Task WatchAsync_OneDeepObject_AtMostThatOneIsLeftOut(int levels, bool isRead)
    {
        _server.Answer = $"{Line(Execution("deep", levels))}\n{Line(Execution("flat", 1))}\n";
        var source = Source();

        var seen = new List<Sighting<WorkflowExecutionEntity>>();
        await foreach (var (_, json) in source.WatchAsync("", CancellationToken.None))
            seen.Add(source.Read(json));

        seen.Select(i => (i.Metadata.Name, i.Entity is not null)).ShouldBe([("deep", isRead), ("flat", true)]);
    }

    [Fact]
    public async Task Put_DeepestThatIsRead_CanBeKept()
    {
        var store = new EntityStore<WorkflowExecutionEntity>();
        for (var levels = 990; levels < 1003; levels++)
        {
            _server.Answer = Page(Execution("deep", levels));
            var page = await Source().ListPageAsync(null, CancellationToken.None);
            if (page.Items.Single().Entity is { } entity)
                store.Put(entity);
        }

        store.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ListPageAsync_Cut_IsCutWhileItIsRead()
    {
        _server.Answer = Page(Execution("a", 1));

        var page = await Source(e => new WorkflowExecutionEntity { Metadata = e.Metadata }).ListPageAsync(null, CancellationToken.None);

        page.Items.Single().Entity!.Spec.ShouldBeNull();
    }

    private EntitySource<WorkflowExecutionEntity> Source(Func<WorkflowExecutionEntity, WorkflowExecutionEntity>? cutDown = null) =>
        new(_client, new(null, null, null), new(cutDown, NullLogger.Instance), new RuntimeOptions());

    private static string Page(params string[] items) =>
        $$"""{"kind":"WorkflowExecutionList","metadata":{"resourceVersion":"7"},"items":[{{string.Join(',', items)}}]}""";

    private static string Line(string item) => $$"""{"type":"ADDED","object":{{item}} }""";

    private static string Execution(string name, int levels) =>
        $$"""{"metadata":{"name":"{{name}}","uid":"{{name}}","managedFields":[{"fieldsV1":{{Nested(levels)}} }]},"spec":{"workflow":{},"inputs":{{Nested(levels)}} } }""";

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
}
