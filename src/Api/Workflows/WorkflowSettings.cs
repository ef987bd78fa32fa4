namespace Bulkhead.Api.Workflows;

/// <summary>The document's <c>settings</c>.</summary>
public sealed record WorkflowSettings
{
    /// <summary>Most node visits of one execution; the guard against endless loops. Default 1000.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Whether edges may lead back. Default true; a dependency graph never has cycles.</summary>
    public bool AllowCycles { get; init; } = true;

    /// <summary>Most scripts executing instructions at one moment. Default: the number of processors.</summary>
    public int? MaxWorkers { get; init; }

    /// <summary>What one attempt may use. Default: no limits.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>Defaults of every parallel section, which an edge may override.</summary>
    public ParallelSettings Parallel { get; init; } = new();
}
