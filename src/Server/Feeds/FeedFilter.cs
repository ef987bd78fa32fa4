using System.Collections.Frozen;

namespace Bulkhead.Server.Feeds;

/// <summary>Which executions a reader wants to hear of; none named means all of the user's.</summary>
internal sealed class FeedFilter(IEnumerable<string> executions)
{
    private readonly FrozenSet<string> _wanted = executions.ToFrozenSet(StringComparer.Ordinal);

    public bool Takes(string executionId) => _wanted.Count == 0 || _wanted.Contains(executionId);
}
