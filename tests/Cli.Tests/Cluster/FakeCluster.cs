using System.Net;
using System.Text.Json.Nodes;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>An API server on loopback, as far as one test needs it: one execution, its worker's pod and log. For faults that a real server seldom has.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly TemporaryFile _config;

    /// <param name="recording">What the execution is like.</param>
    public FakeCluster(string recording)
    {
        Execution = Recorded(recording);
        _server = new LocalServer(AnswerAsync);
        _config = new TemporaryFile(
            $"current-context: it\ncontexts:\n- {{name: it, context: {{cluster: it, namespace: acme}}}}\nclusters:\n- {{name: it, cluster: {{server: '{_server.Url}'}}}}\n", ".yaml");
    }

    public string Config => _config.Path;

    public JsonObject Execution { get; set; }

    /// <summary>Null: there is none. Its worker has ended unless a test says otherwise.</summary>
    public string? Pod { get; set; } = """{"metadata":{"name":"w","namespace":"acme","uid":"p1","creationTimestamp":"2026-11-28T01:00:06Z"},"status":{"containerStatuses":[{"name":"run","state":{"terminated":{"exitCode":0}}}]}}""";

    public string Log { get; set; } = "";

    /// <summary>A test's own answer, by method and path; false: the usual one.</summary>
    public Func<HttpListenerContext, string, Task<bool>> Special { get; set; } = (_, _) => Task.FromResult(false);

    public static JsonObject Recorded(string name) => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Cli.Tests", "Cluster", "Recorded", $"{name}.json")))!.AsObject();

    public static bool Is(HttpListenerContext context, string method, string pathEnds) =>
        context.Request.HttpMethod == method && context.Request.Url!.AbsolutePath.EndsWith(pathEnds, StringComparison.Ordinal);

    public static Task RefuseAsync(HttpListenerContext context, int code, string message) => LocalServer.WriteAsync(
        context, code, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["code"] = code, ["message"] = message }.ToJsonString());

    public int Count(string asked) => _server.Asked.Count(a => a.Contains(asked, StringComparison.Ordinal));

    public string[] Line(params string[] arguments) => [.. arguments, "--kubeconfig", Config];

    public Task<CliResult> RunAsync(params string[] arguments) => CliRun.RunAsync(Line(arguments));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _config.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context, string body)
    {
        if (await Special(context, body)) return;
        var resource = context.Request.Url!.AbsolutePath.Split('/')[^1];
        if (context.Request.QueryString["watch"] == "true") await Task.Delay(TimeSpan.FromMilliseconds(500)); // It ends, as any watch does.
        else if (resource == "log") await LocalServer.WriteAsync(context, 200, Log, "text/plain");
        else if (resource == "pods") await ListAsync(context, Pod is null ? null : JsonNode.Parse(Pod));
        else if (resource == "workflowexecutions" && context.Request.HttpMethod == "GET") await ListAsync(context, Execution.DeepClone());
        else if (context.Request.Url.AbsolutePath.Contains("/workflowexecutions", StringComparison.Ordinal)) await LocalServer.WriteAsync(context, 200, Execution.ToJsonString());
        else if (resource == "selfsubjectaccessreviews") await LocalServer.WriteAsync(context, 201, """{"metadata":{},"spec":{},"status":{"allowed":true}}""");
        else await ListAsync(context, null);
    }

    private static Task ListAsync(HttpListenerContext context, JsonNode? item) => LocalServer.WriteAsync(
        context, 200, new JsonObject { ["kind"] = "List", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["items"] = item is null ? [] : new JsonArray(item) }.ToJsonString());
}
