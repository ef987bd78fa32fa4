using System.Globalization;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Jobs;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>
/// Worker and release pods in the shape of the restricted Pod Security Standard. Pure. What a tenant writes (the template) can add labels, place the pod and
/// size it, and touches nothing else: command, mounts, security context and identity are the operator's.
/// </summary>
internal sealed class PodBuilder(WorkerPodOptions options)
{
    public const string WorkerContainer = "run";
    public const string ReleaseContainer = "release";
    public const string AuditContainer = "audit";

    /// <summary>Most seconds of a release pod, from its kubelet's first look at it.</summary>
    public const int ReleaseSeconds = 120;
    private const string Directory = "/bulkhead";
    private const long User = 65532;

    /// <summary>For a dead operator only: a pod that ended by it counts as unproven.</summary>
    private const int SpareSeconds = 300;

    /// <param name="execution">Whose pod it is.</param>
    /// <param name="shape">What was fixed at admission.</param>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="traceparent">The span that starts it (W3C); null: none.</param>
    public V1Pod Worker(WorkflowExecutionEntity execution, PodShape shape, int attempt, string? traceparent = null)
    {
        var pod = Pod(PodOwner.Of(execution, shape, attempt, "worker"), shape, Names.Worker(execution.Name(), execution.Uid(), attempt));
        pod.Metadata.Annotations[Names.JobHash] = execution.Status!.JobHash!;
        pod.Spec.TerminationGracePeriodSeconds = shape.GracefulSeconds + 5;
        pod.Spec.ActiveDeadlineSeconds = shape.ActiveSeconds is { } active ? active + shape.DeadlineSeconds + SpareSeconds : null;
        pod.Spec.Containers = [Container(shape, WorkerContainer, attempt, traceparent)];
        pod.Spec.Volumes.Add(new V1Volume
        {
            Name = ContractPaths.Control,
            DownwardAPI = new V1DownwardAPIVolumeSource
            {
                DefaultMode = 0x124,
                Items = [new V1DownwardAPIVolumeFile { Path = ContractPaths.Stop, FieldRef = new V1ObjectFieldSelector { FieldPath = $"metadata.annotations['{Names.StopAnnotation}']" } }],
            },
        });
        pod.Spec.Containers[0].VolumeMounts.Add(new V1VolumeMount { Name = ContractPaths.Control, MountPath = $"{Directory}/{ContractPaths.Control}", ReadOnlyProperty = true });
        return pod;
    }

    /// <summary>Secrets are optional here: what can be released is released, and what cannot is said.</summary>
    /// <inheritdoc cref="Worker"/>
    /// <param name="after">Uid of a release pod that has its name and does not go; null: there is none.</param>
    public V1Pod Release(WorkflowExecutionEntity execution, PodShape shape, int attempt, string? traceparent = null, string? after = null)
    {
        shape = shape with { Secrets = [.. shape.Secrets.Select(s => s with { Secret = s.ReleaseSecret ?? s.Secret })] };
        var pod = Pod(PodOwner.Of(execution, shape, attempt, "release"), shape, Names.Release(execution.Name(), execution.Uid(), attempt, after));
        pod.Metadata.Annotations[Names.JobHash] = execution.Status!.JobHash!;
        pod.Spec.TerminationGracePeriodSeconds = 5;
        pod.Spec.ActiveDeadlineSeconds = ReleaseSeconds;
        pod.Spec.Containers = [Container(shape, ReleaseContainer, attempt, traceparent)];
        return WithOptionalSecrets(pod);
    }

    /// <summary>Holds no fence: an audit that is lost is made again.</summary>
    public V1Pod Audit(PodOwner owner, PodShape shape, string name)
    {
        var pod = Pod(owner, shape, name);
        pod.Metadata.Finalizers = null;
        pod.Spec.TerminationGracePeriodSeconds = 5;
        pod.Spec.ActiveDeadlineSeconds = 120;
        pod.Spec.Containers = [Container(shape, AuditContainer, attempt: 1)];
        return WithOptionalSecrets(pod);
    }

    private static V1Pod WithOptionalSecrets(V1Pod pod)
    {
        foreach (var secret in pod.Spec.Volumes.Select(v => v.Secret).OfType<V1SecretVolumeSource>()) secret.Optional = true;
        return pod;
    }

    private static V1Pod Pod(PodOwner owner, PodShape shape, string name) => new()
    {
        ApiVersion = V1Pod.KubeApiVersion,
        Kind = V1Pod.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = owner.Namespace,
            Labels = With(shape.Template.Metadata?.Labels, [("app.kubernetes.io/name", "bulkhead-worker"), ("app.kubernetes.io/managed-by", "bulkhead"), .. owner.Labels]),
            Annotations = With(shape.Template.Metadata?.Annotations, ("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")),
            Finalizers = [Names.Fence],
            OwnerReferences = [owner.Reference],
        },
        Spec = new V1PodSpec
        {
            RestartPolicy = "Never",
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            ServiceAccountName = shape.Template.ServiceAccountName,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = User,
                RunAsGroup = User,
                FsGroup = User,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            NodeSelector = Copy(shape.Template.NodeSelector),
            Affinity = Typed<V1Affinity>(shape.Template.Affinity),
            Tolerations = shape.Template.Tolerations?.Select(t => Typed<V1Toleration>(t)!).ToList(),
            PriorityClassName = shape.Template.PriorityClassName,
            RuntimeClassName = shape.Template.RuntimeClassName,
            ImagePullSecrets = shape.Template.ImagePullSecrets?.Select(s => new V1LocalObjectReference { Name = s.Name }).ToList(),
            Volumes =
            [
                new V1Volume { Name = "job", ConfigMap = new V1ConfigMapVolumeSource { Name = owner.JobName, DefaultMode = 0x124 } },
                new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = "64Mi" } },
                .. shape.Secrets.Select((s, i) => new V1Volume
                {
                    Name = Volume(i),
                    Secret = new V1SecretVolumeSource { SecretName = s.Secret, DefaultMode = 0x120 },
                }),
            ],
        },
    };

    private V1Container Container(PodShape shape, string verb, int attempt, string? traceparent = null) => new()
    {
        Name = verb,
        Image = shape.Template.Image ?? options.Image,
        ImagePullPolicy = options.ImagePullPolicy,
        Args = [verb, Directory, "--attempt", attempt.ToString(CultureInfo.InvariantCulture), .. shape.JobDigest is { } digest ? ["--job-digest", digest] : Array.Empty<string>()],
        Env = [new V1EnvVar { Name = "MALLOC_ARENA_MAX", Value = "2" }, .. Trace(traceparent)],
        TerminationMessagePath = $"{Directory}/{ContractPaths.Termination}",
        TerminationMessagePolicy = "File",
        Resources = Resources(shape.Template.Resources),
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
            Privileged = false,
            ReadOnlyRootFilesystem = true,
            RunAsNonRoot = true,
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = "job", MountPath = $"{Directory}/{ContractPaths.CompressedJob}", SubPath = ContractPaths.CompressedJob, ReadOnlyProperty = true },
            new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
            .. shape.Secrets.Select((s, i) => new V1VolumeMount
            {
                Name = Volume(i),
                MountPath = $"{Directory}/{ContractPaths.Connections}/{s.Connection}",
                ReadOnlyProperty = true,
            }),
        ],
    };

    private IEnumerable<V1EnvVar> Trace(string? traceparent) => options.OtlpEndpoint is { } collector && traceparent is not null
        ?
        [
            new V1EnvVar { Name = Tracing.EndpointVariable, Value = collector.AbsoluteUri },
            new V1EnvVar { Name = Tracing.ParentVariable, Value = traceparent },
        ]
        : [];

    private V1ResourceRequirements Resources(PodResources? wanted) => new()
    {
        Requests = Quantities(wanted?.Requests ?? options.Requests),
        Limits = Quantities(wanted?.Limits ?? options.Limits),
    };

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? given, params ReadOnlySpan<(string Key, string Value)> ours)
    {
        var all = new Dictionary<string, string>(given ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in ours) all[key] = value;
        return all;
    }

    private static Dictionary<string, string>? Copy(IReadOnlyDictionary<string, string>? given) =>
        given is null ? null : new Dictionary<string, string>(given, StringComparer.Ordinal);

    private static Dictionary<string, ResourceQuantity> Quantities(IReadOnlyDictionary<string, string> given) =>
        given.ToDictionary(g => g.Key, g => new ResourceQuantity(g.Value), StringComparer.Ordinal);

    private static T? Typed<T>(JsonElement? given)
        where T : class => given is { } json ? KubernetesJson.Deserialize<T>(json.GetRawText()) : null;

    private static string Volume(int index) => $"connection-{index}";
}
