using System.Net;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>
/// One HttpClient of one execution: no cookies, no proxy, no redirect to another origin. Requests carry the owner tag in
/// <c>X-Bulkhead-Owner</c>. Idempotent requests are tried again after a network fault or a passing status.
/// </summary>
internal sealed class HttpResource : IResource, IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HttpOptions _options;
    private readonly HttpClient _client;
    private readonly HttpAuthorizer _authorizer;
    private readonly ResiliencePipeline<JsonElement> _retry;
    private readonly CancellationTokenSource _released = new();
    private ReleaseProof? _proof;

    public HttpResource(HttpOptions options, HttpClient client, HttpAuthorizer authorizer, string handle, TimeProvider clock)
    {
        (_options, _client, _authorizer) = (options, client, authorizer);
        ProofScope = handle;
        _retry = options.MaxRetries == 0
            ? ResiliencePipeline<JsonElement>.Empty
            : new ResiliencePipelineBuilder<JsonElement> { TimeProvider = clock }
                .AddRetry(new RetryStrategyOptions<JsonElement>
                {
                    MaxRetryAttempts = options.MaxRetries,
                    Delay = TimeSpan.FromMilliseconds(200),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = new PredicateBuilder<JsonElement>().Handle<NodeFailureException>(f => f.Retryable),
                })
                .Build();
    }

    public IReadOnlyList<string> Warnings => [];

    public string ProofScope { get; }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var head = new HttpRequest(HttpMethod.Head, _options.BaseUrl, default, null, false, FailOnStatus: false);
        int status = (await SendAsync(head, cancellationToken)).GetProperty("status").GetInt32();
        if (status is 401 or 403 or >= 500)
        {
            throw new NodeFailureException("HttpError", $"The check of {_options.BaseUrl.Host} was answered with status {status}.", status >= 500);
        }
    }

    public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken) =>
        SendAsync(Requested(operation, arguments), cancellationToken);

    public Task<JsonElement> ListenAsync(string operation, JsonElement arguments, Func<string, bool> take, CancellationToken cancellationToken) =>
        SendAsync(Requested(operation, arguments), cancellationToken, take);

    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="take">For a stream of events; null takes every answer whole.</param>
    public async Task<JsonElement> SendAsync(HttpRequest request, CancellationToken cancellationToken, Func<string, bool>? take = null)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _released.Token);
        try
        {
            return request.IsIdempotent && take is null
                ? await _retry.ExecuteAsync(async token => await TryAsync(request, take, token), either.Token)
                : await TryAsync(request, take, either.Token);
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NodeFailureException("HttpError", "The connection has been released: its execution has ended.", retryable: false);
        }
    }

    public async Task CloseAsync(bool last, CancellationToken cancellationToken) => await _released.CancelAsync();

    public async Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken)
    {
        if (_proof is not null)
        {
            return _proof;
        }

        try
        {
            _proof = await _authorizer.RevokeAsync(cancellationToken);
        }
        catch (Exception error)
        {
            string why = error is HttpRequestException ? error.Message : "the time for the release ended";
            _proof = new ReleaseProof(false, Message: $"The token was not revoked: {why}");
        }

        _client.Dispose(); // Closes every connection to the server.
        return _proof;
    }

    public void Dispose()
    {
        _authorizer.Dispose();
        _client.Dispose();
        _released.Dispose();
    }

    private HttpRequest Requested(string operation, JsonElement arguments) => operation == "request"
        ? HttpRequest.Read(arguments, _options)
        : throw new NodeFailureException("ActionError", $"An http connection has no operation '{operation}', only request.", retryable: false);

    /// <summary>A whole answer has the connection's time; of a stream each piece has it.</summary>
    private async Task<JsonElement> TryAsync(HttpRequest request, Func<string, bool>? take, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using HttpResponseMessage response = await FollowAsync(request, limit.Token);
            return request.FailOnStatus && !response.IsSuccessStatusCode
                ? throw new NodeFailureException(
                    "HttpError", $"{request.Name}: status {(int)response.StatusCode}.", HttpAnswer.IsPassing(response.StatusCode))
                : take is not null && HttpAnswer.IsEventStream(response)
                ? await HttpAnswer.ListenAsync(response, take, _options.MaxBytes, () => limit.CancelAfter(_options.Timeout), limit.Token)
                : await HttpAnswer.ReadAsync(response, _options.MaxBytes, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeFailureException("HttpError", $"{request.Name}: no answer within {_options.Timeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException error) when (error.InnerException is NodeFailureException refused)
        {
            throw new NodeFailureException(refused.ErrorType, refused.Message, refused.Retryable, error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new NodeFailureException("HttpError", $"{request.Name}: {error.Message}", inner: error);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Uri url = request.Url;
        for (int hop = 0; ; hop++)
        {
            using HttpRequestMessage message = request.Message(url);
            await _authorizer.AuthorizeAsync(message, cancellationToken);
            HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            url = location.IsAbsoluteUri ? location : new Uri(url, location);
            if (hop == MaxRedirects || !(_options.FollowOrigins || HttpOrigin.Same(url, request.Url)) || url.Scheme is not ("http" or "https"))
            {
                throw new NodeFailureException(
                    "HttpError",
                    hop == MaxRedirects ? $"{request.Name}: more than {MaxRedirects} redirects." : $"{request.Name}: a redirect to another origin is refused.",
                    retryable: false);
            }

            request = response.StatusCode == HttpStatusCode.SeeOther ? request with { Method = HttpMethod.Get, Body = null } : request;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;
}
