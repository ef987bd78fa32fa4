using System.Net;
using System.Text.Json;
using k8s.Autorest;

namespace k8s;

/// <summary>
/// Sends requests: paced, authorised, retried where that is safe, with a time limit on the answer. A request that is refused with 401, or whose
/// connection finds no trust, is sent once more if the credentials or authorities have been rotated meanwhile.
/// </summary>
internal sealed class ApiTransport(
    HttpMessageInvoker http, ApiCredentials credentials, Uri baseUri, string userAgent, TimeSpan timeout, bool http2, ClientLimits limits,
    TimeProvider time) : IDisposable
{
    private readonly RequestPace _pace = new(limits.Qps, limits.Burst, time);

    public TimeProvider Time => time;

    /// <exception cref="HttpOperationException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached, or the connection broke.</exception>
    /// <exception cref="TimeoutException">No answer within the time limit.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, CancellationToken ct) => SendAsync<T>(request, KubernetesJson.Answers, ct);

    /// <inheritdoc cref="SendAsync{T}(ApiRequest,CancellationToken)"/>
    public async Task<T> SendAsync<T>(ApiRequest request, JsonSerializerOptions json, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await RespondAsync(request, limit.Token);
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            return (await JsonSerializer.DeserializeAsync<T>(body, json, limit.Token))!;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Path}: no answer within {timeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>A response whose body goes on: a watch, a log. The time limit covers the headers only.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            return await RespondAsync(request, limit.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Path}: no answer within {timeout.TotalSeconds:0} s", e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> RespondAsync(ApiRequest request, CancellationToken ct)
    {
        var renewed = false;
        for (var tries = 1; ; tries++)
        {
            await _pace.WaitAsync(ct);
            using var message = await MessageAsync(request, ct);
            var (response, pause) = await TryAsync(request, message, tries, renewed, ct);
            if (response is not null)
                return response;
            renewed |= pause is null;
            await Task.Delay(pause ?? TimeSpan.Zero, time, ct);
        }
    }

    /// <returns>The response, or the pause before the next try: none when credentials or authorities were renewed.</returns>
    private async Task<(HttpResponseMessage? Response, TimeSpan? Pause)> TryAsync(
        ApiRequest request, HttpRequestMessage message, int tries, bool renewed, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, ct);
        }
        catch (HttpRequestException e)
        {
            if (!renewed && e.HttpRequestError == HttpRequestError.SecureConnectionError && credentials.IsRotatedSince(message))
                return (null, null);
            if (RetryRule.After(request, e, tries, limits) is { } pause)
                return (null, pause);
            throw;
        }
        if (response.IsSuccessStatusCode)
            return (response, null);
        using (response)
        {
            if (!renewed && response.StatusCode == HttpStatusCode.Unauthorized && await credentials.RenewAsync(message, ct))
                return (null, null);
            return RetryRule.After(request, response, tries, limits, time) is { } pause
                ? (null, pause)
                : throw await ApiErrors.ReadAsync(message, response, ct);
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(ApiRequest request, CancellationToken ct)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(baseUri, request.PathAndQuery))
        {
            Content = ApiContent.From(request.Body),
            Version = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/json, */*;q=0.1");
        message.Headers.Authorization = await credentials.HeaderAsync(ct);
        return message;
    }
}
