using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The API server behind <c>kubectl proxy</c>, for questions by the thousand. What is asked is asked as the cluster's admin.</summary>
internal sealed class Api : IDisposable
{
    private readonly Process _proxy;
    private readonly HttpClient _http;

    private Api(Process proxy, string address)
    {
        _proxy = proxy;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
    }

    public static async Task<Api> StartAsync(string kubeConfig)
    {
        var proxy = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeConfig, "proxy", "--port=0"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var line = await proxy.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("kubectl proxy said nothing");
        return new Api(proxy, line.Split(' ')[^1]);
    }

    /// <summary>Every resource and subresource that the server serves, by group.</summary>
    public async Task<IReadOnlyList<(string Group, string Resource)>> ResourcesAsync()
    {
        var groups = (await GetAsync("apis"))["groups"]!.AsArray().Select(g => $"apis/{g!["preferredVersion"]!["groupVersion"]}");
        List<(string, string)> all = [];
        foreach (var path in groups.Prepend("api/v1"))
        {
            var group = path == "api/v1" ? "" : path.Split('/')[1];
            all.AddRange((await GetAsync(path))["resources"]!.AsArray().Select(r => (group, (string)r!["name"]!)));
        }

        return all;
    }

    /// <summary>Whether the server would let the account do that. An empty namespace: in all of them.</summary>
    public async Task<bool> MayAsync(string account, string verb, string group, string resource, string ns)
    {
        var parts = resource.Split('/', 2);
        var review = new
        {
            apiVersion = "authorization.k8s.io/v1",
            kind = "SubjectAccessReview",
            spec = new
            {
                user = account,
                groups = account.StartsWith("system:serviceaccount:", StringComparison.Ordinal) ? (string[])["system:serviceaccounts", "system:authenticated"] : ["system:authenticated"],
                resourceAttributes = new { verb, group, resource = parts[0], subresource = parts.ElementAtOrDefault(1) ?? "", @namespace = ns },
            },
        };
        using var answer = await _http.PostAsJsonAsync("apis/authorization.k8s.io/v1/subjectaccessreviews", review);
        answer.EnsureSuccessStatusCode();
        return (bool)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["status"]!["allowed"]!;
    }

    public void Dispose()
    {
        _http.Dispose();
        _proxy.Kill();
        _proxy.Dispose();
    }

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;
}
