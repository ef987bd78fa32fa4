using Bulkhead.Api.Contract;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Pods;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>The ConfigMap that carries a job. Pure.</summary>
internal static class JobBuilder
{
    public static V1ConfigMap Build(WorkflowExecutionEntity execution, byte[] compressed, PodShape shape) => new()
    {
        ApiVersion = V1ConfigMap.KubeApiVersion,
        Kind = V1ConfigMap.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = Names.Job(execution.Name(), execution.Uid()),
            NamespaceProperty = execution.Namespace(),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["app.kubernetes.io/managed-by"] = "bulkhead",
                [Names.ExecutionLabel] = Names.LabelValue(execution.Name()),
                [Names.UidLabel] = execution.Uid(),
            },
            Finalizers = [Names.Fence],
            OwnerReferences = [PodOwner.ReferenceTo("WorkflowExecution", execution.Metadata)],
        },
        Immutable = true,
        BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [ContractPaths.CompressedJob] = compressed },
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { [JobSnapshot.ShapeKey] = JobSnapshot.Write(shape) },
    };
}
