namespace Bulkhead.Server.Feeds;

/// <summary>One event in a user's ring, ready to be sent.</summary>
/// <param name="Number">Counted from 1 for each user, since the server's start.</param>
/// <param name="ExecutionId">The execution that it tells of.</param>
/// <param name="Json">The event with its id, UTF-8.</param>
internal sealed record FeedEvent(long Number, string ExecutionId, ReadOnlyMemory<byte> Json);
