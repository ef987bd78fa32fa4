using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;

namespace Bulkhead.Api.Manifests;

/// <summary>The documents of one text of manifests, by kind, in the order of the text. Lists hold only valid documents.</summary>
public sealed record ManifestSet
{
    public IReadOnlyList<Manifest<WorkflowExecutionSpec>> Executions { get; init; } = [];

    public IReadOnlyList<Manifest<WorkflowSpec>> Workflows { get; init; } = [];

    public IReadOnlyList<Manifest<ConnectionSpec>> Connections { get; init; } = [];

    public IReadOnlyList<Manifest<TenantSpec>> Tenants { get; init; } = [];

    public IReadOnlyList<SecretManifest> Secrets { get; init; } = [];

    /// <summary>All faults of all documents, each with path and line.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];
}
