using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>Connections of type <c>http</c>. See README.md in this folder.</summary>
public sealed class HttpDriver : IConnectionDriver
{
    public string Type => "http";

    public string Category => "http";

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection)
    {
        HttpOptions.Read(connection, out IReadOnlyList<Problem> problems);
        return problems;
    }

    public async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        HttpOptions options = HttpOptions.Read(request.Connection, out IReadOnlyList<Problem> problems);
        if (problems.Count > 0)
        {
            throw new NodeFailureException("HttpError", string.Join(" ", problems.Select(p => p.Message)), retryable: false);
        }

        HttpClient client = Client(options, request.OwnerTag);
        HttpAuthorizer? authorizer = null;
        try
        {
            authorizer = new HttpAuthorizer(client, options, request.Credentials, request.Clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.Timeout);
            await authorizer.PrepareAsync(limit.Token);
            return new HttpResource(options, client, authorizer, $"http:{request.Connection.Name}", request.Clock);
        }
        catch (Exception error)
        {
            authorizer?.Dispose();
            client.Dispose();
            throw error switch
            {
                HttpRequestException => new NodeFailureException("HttpError", $"The token endpoint: {error.Message}", inner: error),
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new NodeFailureException("HttpError", "The token endpoint did not answer in time.", inner: error),
                _ => error,
            };
        }
    }

    /// <summary>HTTP keeps no session that could be found by a tag; a dead worker's token ends with its own lifetime.</summary>
    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ReleaseProof(true, Message: "HTTP keeps no sessions; an access token of the dead worker ends with its own lifetime."));

    private static HttpClient Client(HttpOptions options, OwnerTag tag)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = options.MaxSessions,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = options.Timeout,
        };
        var client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Bulkhead-Owner", tag.ToString());
        return client;
    }
}
