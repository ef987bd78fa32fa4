namespace Bulkhead.Server.Http;

/// <summary>What answers the routes.</summary>
internal sealed record RouteHandlers
{
    public required SubmitEndpoint Submit { get; init; }

    public required ExecutionEndpoints Executions { get; init; }

    public required FeedEndpoint Feed { get; init; }

    public required SystemEndpoints System { get; init; }
}
