using System.Text;
using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>Facts to job, or to all faults of the first stage that has any. Pure.</summary>
internal static class JobWriter
{
    private static readonly JsonElement NoInputs = JsonElement.Parse("{}");

    public static JobDraft Draft(JobFacts facts)
    {
        if (facts.Tenant.Problem is { } tenant) return JobDraft.Refused(tenant);
        var spec = facts.Execution.Spec;
        if (SpecCheck.Problems(spec, facts.Tenant) is { Count: > 0 } faults) return JobDraft.Refused(faults);
        if (facts.Workflow is not { } document)
        {
            return JobDraft.Refused(new Problem(
                ProblemClass.ResourceError, JobDraft.WorkflowNotFound, $"there is no Workflow '{spec.WorkflowRef?.Name}' in this namespace", "spec.workflowRef.name"));
        }

        var loaded = WorkflowLoader.Load(document);
        if (loaded.Workflow is not { } workflow) return JobDraft.Refused(loaded.Problems);
        var user = spec.UserId ?? "default_user";
        var known = facts.Connections.Select(c => c.Spec.ToDefinition(c.Name, facts.Tenant.Id!)).ToList();
        var (connections, problems) = DeclaredConnections.Of(workflow, spec.Connections ?? [], known, facts.Tenant.Id!, user);
        problems = [.. problems, .. ConnectionRules.Problems(connections, facts)];
        if (problems.Count > 0) return JobDraft.Refused(problems);
        var job = Job(facts, document, user, connections);
        var compressed = JobSnapshot.Compress(job);
        var shape = Shape(facts, connections);
        var bytes = compressed.Length + Encoding.UTF8.GetByteCount(JobSnapshot.Write(shape));
        if (bytes > JobSnapshot.LargestJob) return JobDraft.Refused(TooLarge(bytes));
        return new JobDraft
        {
            Job = job,
            Compressed = compressed,
            Shape = shape with { JobDigest = JobSnapshot.Digest(compressed) },
            Nodes = workflow.AllNodes().Count(),
        };
    }

    private static Job Job(JobFacts facts, JsonElement document, string user, IReadOnlyList<ConnectionDefinition> connections)
    {
        var (metadata, spec) = (facts.Execution.Metadata, facts.Execution.Spec);
        var uid = Guid.Parse(metadata.Uid);
        return new Job
        {
            ExecutionUid = uid,
            Attempt = 1,
            TenantId = facts.Tenant.Id!,
            UserId = user,
            ThreadId = $"{metadata.NamespaceProperty}/{metadata.Name}",
            RunId = uid.ToString("d"),
            Workflow = document,
            Inputs = spec.Inputs ?? NoInputs,
            Connections = connections,
            EagerLoading = spec.Loading == "Eager",
            TimeoutMs = (long?)Times.Active(spec)?.TotalMilliseconds,
            ReleaseGracefulMs = (long)Times.Graceful(spec).TotalMilliseconds,
        };
    }

    private static Problem TooLarge(int bytes) => new(
        ProblemClass.StructuralError, "JOB_TOO_LARGE",
        $"workflow, inputs, connections and pod template have {bytes:n0} bytes when compressed; a ConfigMap holds at most {JobSnapshot.LargestJob:n0}", "spec");

    private static PodShape Shape(JobFacts facts, IReadOnlyList<ConnectionDefinition> connections)
    {
        var specs = facts.Connections.ToLookup(c => c.Name, StringComparer.Ordinal);
        var spec = facts.Execution.Spec;
        return new PodShape
        {
            TenantId = facts.Tenant.Id!,
            Connections = [.. connections.Select(c => c.Name)],
            Secrets =
            [
                .. from connection in connections
                   let declared = specs[connection.Name].First(c => c.Spec.Global == true == connection.Global)
                   where declared.Spec.SecretRef is not null
                   select new SecretMount(connection.Name, declared.Spec.SecretRef!.Name, declared.Spec.Release?.SecretRef?.Name),
            ],
            Template = Templates.Merge(facts.Tenant.Spec.WorkerDefaults, spec.PodTemplate),
            GracefulSeconds = (int)Math.Ceiling(Times.Graceful(spec).TotalSeconds),
            DeadlineSeconds = (int)Math.Ceiling(Times.Deadline(spec).TotalSeconds),
            ActiveSeconds = Times.Active(spec) is { } active ? (int)Math.Ceiling(active.TotalSeconds) : null,
        };
    }
}
