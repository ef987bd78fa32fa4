using System.Diagnostics;
using System.Net;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Writes a plan, step by step. The status is written with the version that was observed: when somebody wrote in between, the server refuses it, nothing
/// after it is done, and the execution is looked at again.
/// </summary>
internal sealed class Applier(IKubernetesClient client, FencePatch fences, PodBuilder pods, EventPublisher announce)
{
    /// <returns>Null, or why the server did not take a pod; the steps after it were not done.</returns>
    public async Task<Refusal?> ApplyAsync(Observed observed, Plan plan, CancellationToken ct)
    {
        var execution = observed.Execution;
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case AttachFinalizer:
                    var attached = await fences.AttachAsync(execution, Names.ReleaseFinalizer, ct);
                    // Somebody was quicker: the status that follows would hide what another operator wrote, and its version an edit that nobody has looked at.
                    if (!SameBut(attached, execution)) return Refusal.Outdated;
                    execution.Metadata = attached.Metadata;
                    break;
                case DetachFinalizer:
                    await fences.DetachAsync<WorkflowExecutionEntity>(execution.Name(), execution.Namespace(), Names.ReleaseFinalizer, execution.Uid(), ct);
                    break;
                case WriteStatus write:
                    execution = await WriteAsync(execution, write.Status, ct);
                    break;
                case Announce said:
                    await announce(execution, said.Reason, said.Message, said.Type, ct);
                    break;
                case EndPod end:
                    await client.DeleteAsync<V1Pod>(end.Name, execution.Namespace(), ct);
                    break;
                case TellToStop tell:
                    await fences.AnnotateAsync<V1Pod>(tell.Name, execution.Namespace(), Names.StopAnnotation, Names.StopSoftly, ct);
                    break;
                case UnfencePod unfence:
                    await fences.DetachAsync<V1Pod>(unfence.Name, execution.Namespace(), Names.Fence, null, ct);
                    break;
                case FenceJob:
                    if (await client.GetAsync<V1ConfigMap>(JobName(execution), execution.Namespace(), ct) is { } job) await fences.AttachAsync(job, Names.Fence, ct);
                    break;
                case UnfenceJob:
                    await fences.DetachAsync<V1ConfigMap>(JobName(execution), execution.Namespace(), Names.Fence, null, ct);
                    break;
                case DeleteJob:
                    await client.DeleteAsync<V1ConfigMap>(JobName(execution), execution.Namespace(), ct);
                    break;
                case DeleteExecution:
                    await DeleteAsync(execution, ct);
                    break;
                default:
                    if (await CreateAsync(observed, execution, step, ct) is { } refusal) return refusal;
                    break;
            }
        }

        return null;
    }

    /// <summary>Writes down why a pod was not taken.</summary>
    public Task RefusedAsync(Observed observed, Refusal refusal, CancellationToken ct) => ApplyAsync(observed, RefusalPlan.Plan(observed, refusal), ct);

    private async Task<Refusal?> CreateAsync(Observed observed, WorkflowExecutionEntity execution, Step step, CancellationToken ct)
    {
        try
        {
            switch (step)
            {
                case CreateJob:
                    return await CreateJobAsync(execution, observed.Draft!, ct);
                case CreateWorker worker:
                    await client.CreateAsync(pods.Worker(execution, Shape(observed), worker.Attempt, Activity.Current?.Id), ct);
                    break;
                case CreateRelease release:
                    await client.CreateAsync(pods.Release(execution, Shape(observed), release.Attempt, Activity.Current?.Id, release.After), ct);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(step), step, "a step without a writer");
            }

            return null;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // It is there: made before by us, or (the next look tells) by somebody else.
            return null;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
        {
            return RefusedBy(e, step);
        }
    }

    private async Task<Refusal?> CreateJobAsync(WorkflowExecutionEntity execution, JobDraft draft, CancellationToken ct)
    {
        try
        {
            await client.CreateAsync(JobBuilder.Build(execution, draft.Compressed, draft.Shape!), ct);
            return null;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Made before by us, or put there by somebody who would have it run in our name.
            var there = await client.GetAsync<V1ConfigMap>(JobName(execution), execution.Namespace(), ct);
            return JobSnapshot.Read(there, draft.Hash) is null ? new Refusal(Reasons.JobNameConflict, Statuses.JobNameTaken(execution)) : null;
        }
    }

    /// <summary>This one, and none of the same name that somebody has created since; where there is one, that is a conflict.</summary>
    private async Task DeleteAsync(WorkflowExecutionEntity execution, CancellationToken ct)
    {
        var options = new V1DeleteOptions { PropagationPolicy = "Background", Preconditions = new V1Preconditions { Uid = execution.Uid() } };
        try
        {
            await client.ApiClient.CustomObjects.DeleteNamespacedCustomObjectAsync(
                ApiGroup.Name, ApiGroup.Version, execution.Namespace(), "workflowexecutions", execution.Name(), options, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody was quicker.
        }
    }

    private static PodShape Shape(Observed observed) =>
        observed.Job ?? observed.Draft?.Shape ?? throw new InvalidOperationException("a pod was planned without its job");

    private static Refusal RefusedBy(HttpOperationException e, Step step)
    {
        // The published client leaves the body to be read from the response.
        var message = (e.Body as V1Status)?.Message ?? e.Response.Content ?? e.Message;
        var reason = message.Contains("exceeded quota", StringComparison.Ordinal) ? Reasons.QuotaExceeded
            : message.Contains("being terminated", StringComparison.Ordinal) ? Reasons.NamespaceTerminating
            : Reasons.PodRefused;
        // A policy or a webhook may answer 422 as well, and may be changed; this is the server's own judgement of a pod.
        var isInvalid = message.Contains(" is invalid: ", StringComparison.Ordinal) && !message.Contains(" is forbidden: ", StringComparison.Ordinal);
        return new Refusal(reason, message, IsForGood: step is CreateWorker && e.Response.StatusCode == HttpStatusCode.UnprocessableEntity && isInvalid);
    }

    private async Task<WorkflowExecutionEntity> WriteAsync(WorkflowExecutionEntity execution, WorkflowExecutionStatus status, CancellationToken ct)
    {
        if (StatusText.Of(status) == StatusText.Of(execution.Status)) return execution;
        // The server takes nothing but the status from this, so the document need not travel.
        var written = await client.UpdateStatusAsync(
            new WorkflowExecutionEntity
            {
                Metadata = new V1ObjectMeta
                {
                    Name = execution.Name(),
                    NamespaceProperty = execution.Namespace(),
                    Uid = execution.Uid(),
                    ResourceVersion = execution.ResourceVersion(),
                },
                Spec = new WorkflowExecutionSpec(),
                Status = status,
            },
            ct);
        execution.Status = status;
        execution.Metadata = written.Metadata;
        return execution;
    }

    /// <summary>Whether two versions of an execution say the same, but for their finalizers.</summary>
    private static bool SameBut(WorkflowExecutionEntity one, WorkflowExecutionEntity other) => TextOf(one) == TextOf(other);

    private static string TextOf(WorkflowExecutionEntity execution)
    {
        var (metadata, said) = (execution.Metadata, StatusText.Of(execution.Status));
        return KubernetesJson.Serialize(new V1ObjectMeta
        {
            Generation = metadata.Generation,
            DeletionTimestamp = metadata.DeletionTimestamp,
            Labels = metadata.Labels,
            Annotations = metadata.Annotations,
        }) + said;
    }

    private static string JobName(WorkflowExecutionEntity execution) => Names.Job(execution.Name(), execution.Uid());
}
