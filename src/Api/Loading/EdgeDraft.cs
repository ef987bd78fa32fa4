using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>One rule of one edge, before references are checked. An edge with <c>targets</c> gives one for each target.</summary>
internal sealed record EdgeDraft
{
    public required string From { get; init; }

    public Condition? When { get; init; }

    /// <summary>Where the edge leads: one node, or the first nodes of the branches.</summary>
    public required IReadOnlyList<SourceValue> To { get; init; }

    /// <summary>Whether <see cref="To"/> are branches.</summary>
    public bool Parallel { get; init; }

    /// <summary>Spelled <c>type: parallel</c> with one branch: edges with the same start and condition form one section.</summary>
    public bool Joins { get; init; }

    public SourceValue? FanIn { get; init; }

    public ParallelSettings Settings { get; init; } = new();

    public required SourceValue At { get; init; }
}
