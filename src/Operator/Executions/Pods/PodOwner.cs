using System.Globalization;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Jobs;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>Whose pod it is.</summary>
/// <param name="Namespace">The owner's namespace, and so the pod's.</param>
/// <param name="JobName">The ConfigMap with the job.</param>
/// <param name="Reference">
/// The owner. blockOwnerDeletion is false: a foreground deletion would otherwise end the release pod at its birth.
/// </param>
/// <param name="Labels">The operator's own labels.</param>
internal sealed record PodOwner(string Namespace, string JobName, V1OwnerReference Reference, IReadOnlyList<(string Key, string Value)> Labels)
{
    public static PodOwner Of(WorkflowExecutionEntity execution, PodShape shape, int attempt, string role) => new(
        execution.Namespace(), Names.Job(execution.Name(), execution.Uid()), ReferenceTo("WorkflowExecution", execution.Metadata),
        [
            (Names.ExecutionLabel, Names.LabelValue(execution.Name())),
            (Names.UidLabel, execution.Uid()),
            (Names.TenantLabel, Names.LabelValue(shape.TenantId)),
            (Names.AttemptLabel, attempt.ToString(CultureInfo.InvariantCulture)),
            (Names.RoleLabel, role),
        ]);

    public static V1OwnerReference ReferenceTo(string kind, V1ObjectMeta owner) => new()
    {
        ApiVersion = ApiGroup.ApiVersion,
        Kind = kind,
        Name = owner.Name,
        Uid = owner.Uid,
        Controller = true,
        BlockOwnerDeletion = false,
    };
}
