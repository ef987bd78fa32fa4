using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using k8s.Models;

namespace Bulkhead.Operator.Connections;

/// <summary>The pod that counts a connection's sessions, and its job. Pure.</summary>
internal sealed class AuditBuilder(PodBuilder pods)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public static string Name(ConnectionEntity connection) => Names.Audit(connection.Name(), connection.Uid());

    public static V1ConfigMap Job(ConnectionEntity connection) => new()
    {
        ApiVersion = V1ConfigMap.KubeApiVersion,
        Kind = V1ConfigMap.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = Name(connection),
            NamespaceProperty = connection.Namespace(),
            OwnerReferences = [PodOwner.ReferenceTo("Connection", connection.Metadata)],
        },
        Immutable = true,
        BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ContractPaths.CompressedJob] = JobSnapshot.Compress(new Job
            {
                ExecutionUid = Guid.Parse(connection.Uid()),
                Attempt = 1,
                TenantId = connection.Namespace(),
                UserId = "default_system",
                ThreadId = connection.Uid(),
                RunId = connection.Uid(),
                Workflow = Nothing,
                Inputs = Nothing,
                Connections = [connection.Spec.ToDefinition(connection.Name(), connection.Namespace())],
            }),
        },
    };

    public V1Pod Pod(ConnectionEntity connection)
    {
        var secret = connection.Spec.Release?.SecretRef ?? connection.Spec.SecretRef;
        var shape = new PodShape
        {
            TenantId = connection.Namespace(),
            Secrets = secret is null ? [] : [new SecretMount(connection.Name(), secret.Name)],
        };
        var owner = new PodOwner(
            connection.Namespace(), Name(connection), PodOwner.ReferenceTo("Connection", connection.Metadata), [(Names.RoleLabel, "audit")]);
        return pods.Audit(owner, shape, Name(connection));
    }
}
