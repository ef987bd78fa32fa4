using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>An API server with a few objects, for what a real <c>bulkhead</c> prints of them.</summary>
internal sealed partial class ServedObjects : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly TemporaryFile _config;

    /// <param name="answers">Endings of paths, with <c>POST </c> before it where only that is meant, and what is answered, the first that fits; a Status with its code. Any other path is 404.</param>
    public ServedObjects(params (string Ending, string Body)[] answers)
    {
        _server = new LocalServer((context, _) => AnswerAsync(context, answers));
        _config = new TemporaryFile(
            $"current-context: it\ncontexts:\n- name: it\n  context: {{cluster: it, namespace: team}}\nclusters:\n- name: it\n  cluster: {{server: \"{_server.Url}\"}}\n", ".yaml");
    }

    public string[] Arguments(params string[] command) => [.. command, "--kubeconfig", _config.Path];

    public Task<CliResult> RunAsync(params string[] command) => CliRun.RunAsync(Arguments(command));

    /// <summary>On a terminal of so many columns; its standard error is there too. Without the sequences by which a program sets up and colours the terminal.</summary>
    public async Task<string[]> RunOnTerminalAsync(int columns, params string[] command)
    {
        using var run = CliRun.StartProgram(
            "script", ["-qec", $"stty cols {columns} rows 50; exec '{Repository.Bulkhead}' {string.Join(' ', Arguments(command).Select(a => $"'{a}'"))}", "/dev/null"],
            new Dictionary<string, string> { ["TERM"] = "xterm" }, withInput: true);
        var said = await run.EndAsync();
        return [.. Sequence().Replace(said.Output, "").Split('\n').Select(l => l.TrimEnd('\r'))];
    }

    /// <summary>An execution that an operator has looked at; <paramref name="change"/> makes it another.</summary>
    public static JsonObject Execution(string name, Action<JsonObject>? change = null)
    {
        var execution = (JsonObject)JsonNode.Parse($$"""
            {
              "apiVersion": "bulkhead.dev/v1alpha1", "kind": "WorkflowExecution",
              "metadata": {"name": "{{name}}", "namespace": "team", "uid": "u-{{name}}", "resourceVersion": "5", "generation": 1, "creationTimestamp": "2026-11-28T10:00:00Z"},
              "spec": {"userId": "bob", "workflow": {"nodes": [{"name": "one", "run": "return 1"}]} },
              "status": {
                "observedGeneration": 1, "tenantId": "t", "phase": "Running", "startTime": "2026-11-28T10:00:01Z", "attempt": 1, "executionId": "e1",
                "nodes": {"done": 0, "total": 1, "failed": 0},
                "conditions": [{"type": "Admitted", "status": "True", "reason": "JobFixed", "message": "", "lastTransitionTime": "2026-11-28T10:00:03Z"}]
              }
            }
            """)!;
        change?.Invoke(execution);
        return execution;
    }

    public static string List(params JsonObject[] items) =>
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. items.Select(i => i.DeepClone())]) }.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        _config.Dispose();
        await _server.DisposeAsync();
    }

    private static Task AnswerAsync(HttpListenerContext context, (string Ending, string Body)[] answers)
    {
        var (path, method) = (context.Request.Url!.AbsolutePath, context.Request.HttpMethod);
        return answers.FirstOrDefault(a => a.Ending.Split(' ') is [var verb, var ending] ? verb == method && path.EndsWith(ending, StringComparison.Ordinal) : path.EndsWith(a.Ending, StringComparison.Ordinal)) is { Body: { } body }
            ? LocalServer.WriteAsync(context, body.StartsWith("{\"kind\":\"Status\"", StringComparison.Ordinal) ? (int)JsonNode.Parse(body)!["code"]! : method == "POST" ? 201 : 200, body)
            : LocalServer.WriteAsync(context, 404, """{"kind":"Status","apiVersion":"v1","status":"Failure","code":404,"reason":"NotFound","message":"not found"}""");
    }

    [GeneratedRegex("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sequence();
}
