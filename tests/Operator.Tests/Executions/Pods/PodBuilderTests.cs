using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Pods;

public sealed class PodBuilderTests
{
    private static readonly PodBuilder Pods = new(new WorkerPodOptions { Image = "bulkhead-worker:1" });

    private static readonly PodShape Shape = new()
    {
        TenantId = "acme",
        Connections = ["orders-db", "billing"],
        Secrets = [new SecretMount("orders-db", "orders-secret", "orders-release"), new SecretMount("billing", "billing-secret")],
        ActiveSeconds = 60,
    };

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Pod_Plain_IsTheApprovedOne(string role) => Approved.Verify($"pod-{role}.json", Json(Build(role, Shape)));

    [Theory]
    [InlineData(null, "00-1-2-01", "", "no collector")]
    [InlineData("http://collector:4318", null, "", "no span")]
    [InlineData("http://collector:4318", "00-1-2-01", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318/ TRACEPARENT=00-1-2-01", "both")]
    public void Pod_WithACollector_GetsItAndItsParentSpan(string? collector, string? traceparent, string expected, string because)
    {
        var pods = new PodBuilder(new WorkerPodOptions { Image = "bulkhead-worker:1", OtlpEndpoint = collector is null ? null : new Uri(collector) });

        var execution = Given.Execution(status: new WorkflowExecutionStatus { JobHash = "0f1e" });

        foreach (var pod in (V1Pod[])[pods.Worker(execution, Shape, 1, traceparent), pods.Release(execution, Shape, 1, traceparent)])
            string.Join(' ', pod.Spec.Containers[0].Env.Skip(1).Select(e => $"{e.Name}={e.Value}")).ShouldBe(expected, because);
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Pod_HostileTemplate_ChangesNothingOfTheOperators(string role)
    {
        var plain = JsonNode.Parse(Json(Build(role, Shape)))!;
        var hostile = JsonNode.Parse(Json(Build(role, Shape with { Template = Hostile() })))!;

        foreach (var field in Theirs)
        {
            Take(plain, field);
            Take(hostile, field).ShouldNotBeNull($"{field} is one that a template may set");
        }

        hostile.ToJsonString().ShouldBe(plain.ToJsonString());
    }

    /// <summary>The test above knows every field of a template: a new one fails here first.</summary>
    [Fact]
    public void Template_EveryField_IsInTheHostileOne()
    {
        var hostile = Hostile();

        foreach (var property in typeof(PodTemplate).GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract"))
            property.GetValue(hostile).ShouldNotBeNull(property.Name);
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Pod_HostileLabelsAndAnnotations_TheOperatorsWin(string role)
    {
        var plain = Build(role, Shape).Metadata;
        var hostile = Build(role, Shape with { Template = Hostile() }).Metadata;

        foreach (var (key, value) in plain.Labels) hostile.Labels[key].ShouldBe(value, key);
        foreach (var (key, value) in plain.Annotations) hostile.Annotations[key].ShouldBe(value, key);
        hostile.Labels["team"].ShouldBe("red", "its own is added");
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Pod_HostileTemplate_KeepsTheRestrictedStandard(string role)
    {
        var pod = Build(role, Shape with { Template = Hostile() });

        pod.Spec.HostNetwork.ShouldNotBe(true);
        pod.Spec.HostPID.ShouldNotBe(true);
        pod.Spec.HostIPC.ShouldNotBe(true);
        pod.Spec.Volumes.ShouldAllBe(v => v.ConfigMap != null || v.EmptyDir != null || v.Secret != null || v.DownwardAPI != null);
        pod.Spec.SecurityContext.RunAsNonRoot.ShouldBe(true);
        pod.Spec.SecurityContext.RunAsUser!.Value.ShouldBeGreaterThan(0);
        pod.Spec.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
        var container = pod.Spec.Containers.ShouldHaveSingleItem();
        pod.Spec.InitContainers.ShouldBeNull();
        container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
        container.SecurityContext.Privileged.ShouldNotBe(true);
        container.SecurityContext.RunAsNonRoot.ShouldBe(true);
        container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
        container.SecurityContext.Capabilities.Add.ShouldBeNull();
        container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
        container.Ports.ShouldBeNull();
        // Beyond the standard: no way to the API server, no second run, no other's sessions.
        pod.Spec.AutomountServiceAccountToken.ShouldBe(false);
        pod.Spec.EnableServiceLinks.ShouldBe(false);
        pod.Spec.RestartPolicy.ShouldBe("Never");
        container.VolumeMounts.Where(m => m.MountPath != "/tmp").ShouldAllBe(m => m.ReadOnlyProperty == true);
        pod.Spec.Volumes.Single(v => v.EmptyDir is not null).EmptyDir.SizeLimit.ToString().ShouldBe("64Mi");
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Pod_Ownership_IsFencedAndDoesNotBlockItsOwner(string role)
    {
        var pod = Build(role, Shape);

        pod.Metadata.Finalizers.ShouldBe([Names.Fence]);
        var owner = pod.Metadata.OwnerReferences.ShouldHaveSingleItem();
        owner.Uid.ShouldBe(Given.Uid);
        owner.Controller.ShouldBe(true);
        owner.BlockOwnerDeletion.ShouldBe(false, "a foreground deletion would end the release pod at its birth");
    }

    [Fact]
    public void Worker_Times_FollowFromTheShape()
    {
        var pod = Build("worker", Shape with { GracefulSeconds = 7, DeadlineSeconds = 100, ActiveSeconds = 60 });

        pod.Spec.TerminationGracePeriodSeconds.ShouldBe(12);
        pod.Spec.ActiveDeadlineSeconds.ShouldBe(60 + 100 + 300, "it only serves a dead operator");
        Build("worker", Shape with { ActiveSeconds = null }).Spec.ActiveDeadlineSeconds.ShouldBeNull();
    }

    [Fact]
    public void Release_Secrets_AreThoseOfTheReleasingRoleAndOptional()
    {
        var secrets = Build("release", Shape).Spec.Volumes.Select(v => v.Secret).OfType<V1SecretVolumeSource>().ToList();

        secrets.Select(s => s.SecretName).ShouldBe(["orders-release", "billing-secret"]);
        secrets.ShouldAllBe(s => s.Optional == true);
        Build("worker", Shape).Spec.Volumes.Select(v => v.Secret).OfType<V1SecretVolumeSource>().ShouldAllBe(s => s.Optional != true);
    }

    private static readonly string[] Theirs =
    [
        "metadata.labels.team", "metadata.annotations.note", "spec.nodeSelector", "spec.affinity", "spec.tolerations", "spec.priorityClassName", "spec.runtimeClassName",
        "spec.imagePullSecrets", "spec.serviceAccountName", "spec.containers.0.image", "spec.containers.0.resources",
    ];

    [Theory]
    [InlineData("worker")]
    [InlineData("release")]
    public void Container_OfAnExecution_KnowsItsJobByItsDigest(string role)
    {
        var digest = new string('a', 64);

        Build(role, Given.Job with { JobDigest = digest }).Spec.Containers.Single().Args.TakeLast(2).ShouldBe(["--job-digest", digest]);
    }

    private static V1Pod Build(string role, PodShape shape)
    {
        var execution = Given.Execution(status: new WorkflowExecutionStatus { JobHash = "0f1e" });
        return role == "worker" ? Pods.Worker(execution, shape, 2) : Pods.Release(execution, shape, 2);
    }

    private static PodTemplate Hostile() => new()
    {
        Metadata = new PodTemplateMetadata
        {
            Labels = new Dictionary<string, string>
            {
                ["team"] = "red",
                ["app.kubernetes.io/name"] = "x",
                ["app.kubernetes.io/managed-by"] = "x",
                [Names.ExecutionLabel] = "x",
                [Names.UidLabel] = "x",
                [Names.TenantLabel] = "x",
                [Names.AttemptLabel] = "x",
                [Names.RoleLabel] = "x",
            },
            Annotations = new Dictionary<string, string> { ["note"] = "x", ["cluster-autoscaler.kubernetes.io/safe-to-evict"] = "true", [Names.JobHash] = "x" },
        },
        Resources = new PodResources { Requests = new Dictionary<string, string> { ["cpu"] = "4" }, Limits = new Dictionary<string, string> { ["memory"] = "8Gi" } },
        NodeSelector = new Dictionary<string, string> { ["node-role.kubernetes.io/control-plane"] = "" },
        Affinity = JsonElement.Parse("""{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}},"spec":{"hostPID":true}}"""),
        Tolerations = [JsonElement.Parse("""{"operator":"Exists","securityContext":{"privileged":true}}""")],
        PriorityClassName = "system-node-critical",
        RuntimeClassName = "sandbox",
        ImagePullSecrets = [new NameReference { Name = "pull" }],
        Image = "evil:latest",
        ServiceAccountName = "cluster-admin",
    };

    private static JsonNode? Take(JsonNode pod, string path)
    {
        var parts = path.Split('.', path.StartsWith("metadata", StringComparison.Ordinal) ? 3 : 4);
        var at = pod;
        foreach (var part in parts[..^1]) at = int.TryParse(part, out var index) ? at![index] : at![part];
        var taken = at![parts[^1]];
        at.AsObject().Remove(parts[^1]);
        return taken;
    }

    private static string Json(V1Pod pod) =>
        JsonNode.Parse(KubernetesJson.Serialize(pod))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
