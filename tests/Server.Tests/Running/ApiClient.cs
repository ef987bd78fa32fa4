using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bulkhead.Server.Tests.Running;

/// <summary>A user's HTTP client.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string? _token;

    public ApiClient(Uri address, string? token)
    {
        _token = token;
        Http = new HttpClient { BaseAddress = address };
        if (token is not null) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http { get; }

    /// <summary>Status and body; a body that is no JSON is its text as a JSON string.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/yaml");
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? JsonElement.Parse(text)
            : JsonSerializer.SerializeToElement(text));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string? body = null) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Submits and gives the execution's id.</summary>
    public async Task<string> SubmitAsync(string document)
    {
        var (status, body) = await PostAsync("v1/executions", document);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    /// <summary>The execution once it is in this phase; fails when it ends otherwise.</summary>
    public async Task<JsonElement> WaitForAsync(string id, string phase)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (_, execution) = await GetAsync($"v1/executions/{id}");
            var now = execution.GetProperty("phase").GetString();
            if (now == phase) return execution;
            if (now is "Succeeded" or "Failed" or "Cancelled" || Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"{id} is {now}, not {phase}: {execution}");
            await Task.Delay(50);
        }
    }

    /// <summary>A WebSocket to the caller's events.</summary>
    public Task<FeedClient> ListenAsync(string query = "") => FeedClient.ConnectAsync(Http.BaseAddress!, _token!, query);

    public void Dispose() => Http.Dispose();
}
