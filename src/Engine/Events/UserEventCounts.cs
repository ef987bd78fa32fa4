namespace Bulkhead.Engine.Events;

/// <summary>What became of a run's events.</summary>
/// <param name="Delivered">The bridge took them.</param>
/// <param name="Dropped">The queue was full, or every attempt failed.</param>
/// <param name="Blocked">They had no owner, or another one.</param>
/// <param name="Retried">Further attempts.</param>
public sealed record UserEventCounts(long Delivered, long Dropped, long Blocked, long Retried);
