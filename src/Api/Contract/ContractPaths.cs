namespace Bulkhead.Api.Contract;

/// <summary>
/// Names inside the contract directory, which is the same in the pod and on one machine:
/// <code>
/// job.json                    the job (in the pod: job.json.gz)
/// connections/NAME/KEY        one file for each key of a connection's secret
/// control/stop                there and not empty: start no other node (in the pod: an annotation, shown by the kubelet)
/// termination                 the worker's record of its end
/// </code>
/// </summary>
public static class ContractPaths
{
    public const string Job = "job.json";

    public const string CompressedJob = "job.json.gz";

    public const string Connections = "connections";

    public const string Termination = "termination";

    public const string Control = "control";

    /// <summary>In <see cref="Control"/>. The worker looks for it twice a second.</summary>
    public const string Stop = "stop";

    /// <summary>Most bytes of the termination file (the limit of a Kubernetes termination message).</summary>
    public const int TerminationLimit = 4096;

    /// <summary>Prefix of the worker's last line on standard output; the rest is an <see cref="ExecutionResult"/>.</summary>
    public const string ResultPrefix = "bulkhead.result.v1 ";

    /// <summary>Prefix of the line of <c>worker audit</c>; the rest is an <see cref="AuditReport"/>.</summary>
    public const string AuditPrefix = "bulkhead.audit.v1 ";

    /// <summary>Prefix of the last line of <c>worker release</c>; the rest is a <see cref="ReleaseReport"/>.</summary>
    public const string ReleasePrefix = "bulkhead.release.v1 ";
}
