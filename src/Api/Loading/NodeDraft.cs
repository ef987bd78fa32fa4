using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>A node as read, before its references are checked. The node exists even where a field was faulty, so that checking goes on.</summary>
internal sealed record NodeDraft(Node Node, SourceValue Source)
{
    /// <summary>The node's <c>goto</c> rules in order.</summary>
    public IReadOnlyList<GotoRule> Goto { get; init; } = [];
}

/// <summary>One <c>goto</c> rule; without a condition it always applies.</summary>
internal sealed record GotoRule(Condition? When, string To, SourceValue At);
