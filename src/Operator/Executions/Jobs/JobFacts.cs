using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Tenants;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>What a job is made of, as read at admission.</summary>
internal sealed record JobFacts
{
    public required WorkflowExecutionEntity Execution { get; init; }

    /// <summary>Inline, or of the Workflow that is referred to; null when that does not exist.</summary>
    public required JsonElement? Workflow { get; init; }

    public required TenantOf Tenant { get; init; }

    /// <summary>Connections of the namespace, and global ones of others.</summary>
    public required IReadOnlyList<DeclaredConnection> Connections { get; init; }
}

/// <param name="Name">Name of the Connection.</param>
/// <param name="IsLocal">Lies in the execution's own namespace.</param>
/// <param name="Spec">What it says.</param>
internal sealed record DeclaredConnection(string Name, bool IsLocal, ConnectionSpec Spec);
