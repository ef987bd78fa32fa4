using System.Collections.Concurrent;
using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Connections;
using Bulkhead.Operator.Tenants;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>Reads what a job is made of: the Workflow, the Tenants, the Connections.</summary>
internal sealed class JobReader(IKubernetesClient client, SharedConnections shared, OperatorOptions options)
{
    private readonly SharedRead<IList<TenantEntity>> _tenants = new(() => client.ListAsync<TenantEntity>());
    private readonly ConcurrentDictionary<string, SharedRead<V1Namespace?>> _namespaces = new(StringComparer.Ordinal);
    private readonly SharedRead<IList<ConnectionEntity>> _connections = new(() => client.ListAsync<ConnectionEntity>(options.Namespace));

    public async Task<JobDraft> DraftAsync(WorkflowExecutionEntity execution, CancellationToken ct) => JobWriter.Draft(new JobFacts
    {
        Execution = execution,
        Workflow = await WorkflowAsync(execution, ct),
        Tenant = await TenantAsync(execution.Namespace(), ct),
        Connections = await ConnectionsAsync(execution.Namespace(), ct),
    });

    private async Task<JsonElement?> WorkflowAsync(WorkflowExecutionEntity execution, CancellationToken ct)
    {
        if (execution.Spec.WorkflowRef is not { } reference) return execution.Spec.Workflow;
        return (await client.GetAsync<WorkflowEntity>(reference.Name, execution.Namespace(), ct))?.Spec.Workflow;
    }

    private async Task<TenantOf> TenantAsync(string ns, CancellationToken ct)
    {
        var read = _namespaces.GetOrAdd(ns, name => new SharedRead<V1Namespace?>(() => client.GetAsync<V1Namespace>(name)));
        var label = (await read.ReadAsync(ct))?.GetLabel(ApiGroup.TenantLabel);
        _namespaces.TryRemove(new(ns, read));
        var tenants = await _tenants.ReadAsync(ct);
        return TenantOf.Namespace(ns, label, tenants.Select(t => (t.Name(), t.Spec)));
    }

    private async Task<IReadOnlyList<DeclaredConnection>> ConnectionsAsync(string ns, CancellationToken ct)
    {
        var declared = new List<DeclaredConnection>();
        foreach (var connection in await _connections.ReadAsync(ct))
        {
            var (isLocal, isShared) = (connection.Namespace() == ns, await shared.ContainsAsync(connection, ct));
            if (isLocal || isShared) declared.Add(new DeclaredConnection(connection.Name(), isLocal, connection.Spec with { Global = isShared }));
        }

        return declared;
    }
}
