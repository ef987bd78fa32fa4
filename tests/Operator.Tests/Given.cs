using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using Bulkhead.Operator.Tenants;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests;

/// <summary>Executions, as the planner sees them, in each stage of their way.</summary>
internal static class Given
{
    public const string Uid = "6f1c9a52-3b0e-4c57-9a3e-0d1f2a3b4c5d";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly JsonElement Workflow = JsonElement.Parse("""{"name":"hello","nodes":[{"name":"a","run":"return {}"}],"edges":[]}""");

    public static readonly PodShape Job = new() { TenantId = "acme", Connections = ["db"] };

    public static string WorkerName(int attempt = 1) => Names.Worker("hello", Uid, attempt);

    public static string ReleaseName(int attempt = 1) => Names.Release("hello", Uid, attempt);

    public static WorkflowExecutionEntity Execution(WorkflowExecutionSpec? spec = null, WorkflowExecutionStatus? status = null) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = "hello",
            NamespaceProperty = "acme",
            Uid = Uid,
            Generation = 1,
            ResourceVersion = "7",
            CreationTimestamp = Now.AddMinutes(-1).UtcDateTime,
        },
        Spec = spec ?? new WorkflowExecutionSpec { Workflow = Workflow },
        Status = status,
    };

    /// <summary>A new object, whose job can be made.</summary>
    public static Observed New(WorkflowExecutionSpec? spec = null)
    {
        var execution = Execution(spec);
        return new Observed { Execution = execution, Now = Now, Draft = Draft(execution), Standing = Standing.Granted };
    }

    /// <summary>Admitted; its job is there and its pod is not.</summary>
    public static Observed Admitted(WorkflowExecutionSpec? spec = null, params string[] connections)
    {
        var o = New(spec);
        var status = Statuses.Admitted(o, o.Draft!) with
        {
            Connections = [.. connections.Select(c => new ConnectionUse { Name = c, State = "NotOpened" })],
        };
        return o.With(status) with { Draft = null, Job = Job };
    }

    /// <summary>Its worker runs and may hold the connection <c>db</c>.</summary>
    public static Observed Running(WorkflowExecutionSpec? spec = null, PodFacts? worker = null)
    {
        var o = Admitted(spec, "db") with { Worker = worker ?? Worker() };
        return o.With(Statuses.Running(o, o.Worker!));
    }

    /// <summary>Its worker is gone, as given.</summary>
    public static Observed Gone(PodFacts worker, WorkflowExecutionSpec? spec = null) => Running(spec) with { Worker = worker };

    public static JobDraft Draft(WorkflowExecutionEntity execution) => JobWriter.Draft(new JobFacts
    {
        Execution = execution,
        Workflow = Workflow,
        Tenant = TenantOf.Namespace("acme", null, []),
        Connections = [],
    });

    /// <summary>A worker pod that runs since ten seconds.</summary>
    public static PodFacts Worker(int attempt = 1) => new()
    {
        Name = WorkerName(attempt),
        Uid = "pod",
        IsOurs = true,
        IsFenced = true,
        Phase = "Running",
        Node = "node-a",
        Grace = TimeSpan.FromSeconds(35),
        CreatedAt = Now.AddSeconds(-11),
        StartedAt = Now.AddSeconds(-10),
        IsRunning = true,
    };

    /// <summary>A worker pod that does not run yet.</summary>
    public static PodFacts Pending() => Worker() with { Phase = "Pending", IsRunning = false, StartedAt = null, Waiting = "ContainerCreating" };

    /// <summary>A worker pod of which its kubelet says why it does not start.</summary>
    public static PodFacts NotStarting() => Pending() with { Waiting = "ImagePullBackOff", Message = "Back-off" };

    public static PodFacts Ended(int exitCode, string? message = null, string? reason = null) => Worker() with
    {
        Phase = exitCode == 0 ? "Succeeded" : "Failed",
        IsRunning = false,
        End = new ContainerEnd(exitCode, reason, Now.AddSeconds(-1), message),
    };

    /// <summary>A worker pod with the record of its end.</summary>
    public static PodFacts Recorded(string phase, bool proven = true, string? reason = null) => Ended(phase == "Succeeded" ? 0 : 1, $$"""
        {"phase":"{{phase}}"{{(reason is null ? "" : $",\"reason\":\"{reason}\"")}},"release_proven":{{(proven ? "true" : "false")}},"nodes_done":1,
         "connections":[{"name":"db","type":"database","key":"k","handle":"conn_00000001","state":"{{(proven ? "Released" : "Unknown")}}"}]}
        """);

    public static PodFacts ReleasePod(bool? proven = null, DateTimeOffset? finished = null) => Worker() with
    {
        Name = ReleaseName(),
        Phase = proven is null ? "Running" : proven.Value ? "Succeeded" : "Failed",
        IsRunning = proven is null,
        End = proven is null ? null : new ContainerEnd(proven.Value ? 0 : 1, null, finished ?? Now.AddSeconds(-1), $$"""
            {"owner_tag":"bulkhead/x/1","connections":[{"name":"db","type":"database","key":"k","proven":{{(proven.Value ? "true" : "false")}},"ended":1,"remaining":{{(proven.Value ? 0 : 2)}}}]}
            """),
    };

    public static Observed With(this Observed o, WorkflowExecutionStatus status)
    {
        var entity = Execution(o.Spec, status);
        entity.Metadata = o.Execution.Metadata;
        return o with { Execution = entity };
    }

    public static Observed With(this Observed o, Func<WorkflowExecutionSpec, WorkflowExecutionSpec> edit)
    {
        var entity = Execution(edit(o.Spec), o.Execution.Status);
        entity.Metadata = o.Execution.Metadata;
        return o with { Execution = entity };
    }

    public static Observed WithMetadata(this Observed o, Action<V1ObjectMeta> edit)
    {
        var entity = Execution(o.Spec, o.Execution.Status);
        entity.Metadata = KubernetesJson.Deserialize<V1ObjectMeta>(KubernetesJson.Serialize(o.Execution.Metadata));
        edit(entity.Metadata);
        return o with { Execution = entity };
    }

    public static Observed Finalized(this Observed o) => o.WithMetadata(m => m.Finalizers = [Names.ReleaseFinalizer]);

    public static Observed Deleted(this Observed o) => o.WithMetadata(m =>
    {
        m.Finalizers = [Names.ReleaseFinalizer];
        m.DeletionTimestamp = Now.AddSeconds(-1).UtcDateTime;
    });

    public static Observed Forced(this Observed o) => o.WithMetadata(m => m.Annotations = new Dictionary<string, string> { [Names.ForceRelease] = "orphan" });

    public static Observed Later(this Observed o, TimeSpan by) => o with { Now = o.Now + by };
}
