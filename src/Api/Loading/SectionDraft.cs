using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>A parallel section while its edges are gathered.</summary>
internal sealed class SectionDraft(EdgeDraft edge)
{
    private readonly List<SourceValue> _branches = [.. edge.To];

    public IReadOnlyList<SourceValue> Branches => _branches;

    public SourceValue? FanIn { get; private set; } = edge.FanIn;

    public ParallelSettings Settings { get; private set; } = edge.Settings;

    public SourceValue At => edge.At;

    /// <summary>Takes one more <c>type: parallel</c> edge of the same section.</summary>
    public void Join(EdgeDraft next, Findings findings)
    {
        _branches.AddRange(next.To);
        if (FanIn is not null && next.FanIn is not null && next.FanIn.Scalar != FanIn.Scalar)
            findings.Faults.Add(
                "FAN_IN_AMBIGUOUS", $"the branches of one section name two fan-ins: '{Quoted.Short(FanIn.Scalar)}' and '{Quoted.Short(next.FanIn.Scalar)}'", next.FanIn);
        FanIn ??= next.FanIn;
        if (Settings == edge.Settings) Settings = next.Settings;
    }
}
