using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;
using Bulkhead.Operator.Tenants;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>
/// What the CRD's schema and CEL check on a modern server, checked again: old servers drop CEL, and what an object says was perhaps written before the
/// schema. And what only the operator can check: the tenant's rules.
/// </summary>
internal static class SpecCheck
{
    public static IReadOnlyList<Problem> Problems(WorkflowExecutionSpec spec, TenantOf tenant) =>
        [.. Shape(spec), .. Durations(spec), .. TemplateCheck.Problems(Templates.Merge(tenant.Spec.WorkerDefaults, spec.PodTemplate)), .. TenantRules(spec, tenant)];

    private static IEnumerable<Problem> Shape(WorkflowExecutionSpec spec)
    {
        if (spec.Workflow is null == spec.WorkflowRef is null)
            yield return Structural("INVALID_VALUE", "exactly one of 'workflow' and 'workflowRef' is required", "spec");
        if (spec.Inputs is { ValueKind: not JsonValueKind.Object })
            yield return Structural("WRONG_TYPE", "'inputs' must be a mapping", "spec.inputs");
        else if (spec.Inputs is { } inputs && JsonDepth.Of(inputs) > InputBounds.Depth)
            yield return Structural("TOO_DEEP", $"lists and mappings are nested deeper than {InputBounds.Depth} levels", "spec.inputs");
        if (spec is { ConcurrencyPolicy: not null, ConcurrencyKey: null })
            yield return Structural("INVALID_VALUE", "'concurrencyPolicy' needs a 'concurrencyKey'", "spec.concurrencyPolicy");
        if (spec.RetryPolicy?.MaxAttempts is < 1 or > 100)
            yield return Structural("INVALID_VALUE", "'maxAttempts' must lie between 1 and 100", "spec.retryPolicy.maxAttempts");
    }

    private static IEnumerable<Problem> Durations(WorkflowExecutionSpec spec)
    {
        (string Path, string? Text)[] durations =
        [
            ("spec.timeouts.queue", spec.Timeouts?.Queue), ("spec.timeouts.active", spec.Timeouts?.Active), ("spec.release.graceful", spec.Release?.Graceful),
            ("spec.release.deadline", spec.Release?.Deadline), ("spec.retryPolicy.backoff", spec.RetryPolicy?.Backoff),
        ];
        var rule = new DurationAttribute();
        return durations.Where(d => !rule.IsValid(d.Text)).Select(d => Structural("INVALID_VALUE", rule.FormatErrorMessage(d.Path), d.Path));
    }

    private static IEnumerable<Problem> TenantRules(WorkflowExecutionSpec spec, TenantOf tenant)
    {
        if (spec.TenantId is { } claimed && claimed != tenant.Id)
            yield return Refused("TENANT_CONFLICT", $"Tenant conflict: workflow owned by {claimed}, execution context is {tenant.Id}", "spec.tenantId");
        if (spec.WorkflowRef?.Name.Contains('/', StringComparison.Ordinal) == true)
            yield return Refused("REFERENCE_TO_ANOTHER_NAMESPACE", $"a Workflow of another namespace cannot be run: '{spec.WorkflowRef.Name}'", "spec.workflowRef.name");
        if (spec.PodTemplate?.Image is { } image && tenant.Spec.AllowedImages?.Contains(image) != true)
            yield return Refused("IMAGE_NOT_ALLOWED", $"tenant {tenant.Id} may not choose the image '{image}'", "spec.podTemplate.image");
        if (spec.PodTemplate?.ServiceAccountName is { } account && tenant.Spec.AllowedServiceAccounts?.Contains(account) != true)
        {
            yield return Refused(
                "SERVICE_ACCOUNT_NOT_ALLOWED", $"tenant {tenant.Id} may not choose the service account '{account}'", "spec.podTemplate.serviceAccountName");
        }
    }

    private static Problem Structural(string code, string message, string path) => new(ProblemClass.StructuralError, code, message, path);

    private static Problem Refused(string code, string message, string path) => new(ProblemClass.PermissionError, code, message, path);
}
