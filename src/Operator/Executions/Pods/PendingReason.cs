using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>Why a pod that was created does not run, in words that tell what to do. Null while it is merely on its way.</summary>
internal static class PendingReason
{
    public static (string Reason, string Message)? Of(PodFacts pod) => pod switch
    {
        { Unscheduled: not null } => (Reasons.Unschedulable, pod.Message ?? "No node takes the pod."),
        { Waiting: "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "InvalidImageName" or "RegistryUnavailable" } =>
            (Reasons.ImageUnavailable, pod.Message ?? "The worker's image cannot be pulled."),
        { MountFault: { } fault } => (Reasons.CredentialsMissing, fault),
        { Waiting: not null and not "ContainerCreating" and not "PodInitializing" } => (Reasons.ContainerNotStarted, $"{pod.Waiting}: {pod.Message}"),
        _ => null,
    };
}
