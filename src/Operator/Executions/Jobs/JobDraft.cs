using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>The job that an execution would run, or why it cannot.</summary>
internal sealed record JobDraft
{
    /// <summary>Null exactly when there are problems.</summary>
    public Job? Job { get; init; }

    /// <summary>The job as the ConfigMap holds it.</summary>
    public byte[] Compressed { get; init; } = [];

    public PodShape? Shape { get; init; }

    /// <summary>Of the ConfigMap that it would be.</summary>
    public string Hash => JobSnapshot.Hash(Compressed, JobSnapshot.Write(Shape!));

    /// <summary>Nodes of the workflow, those in loops and subgraphs included.</summary>
    public int Nodes { get; init; }

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>Whether every problem is something that is not there yet: a Workflow or a Connection. It waits for them.</summary>
    public bool Waits => Problems.Count > 0 && Problems.All(p => p.Code is WorkflowNotFound or "UNKNOWN_CONNECTION" or "INACTIVE_CONNECTION");

    public const string WorkflowNotFound = "WORKFLOW_NOT_FOUND";

    public static JobDraft Refused(params IReadOnlyList<Problem> problems) => new() { Problems = problems };
}
