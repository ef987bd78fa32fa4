using System.Security.Cryptography;
using System.Text;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Names of what belongs to an execution: <c>hello-1-3f9a2b1c</c> (worker pod of attempt 1), <c>hello-1-release-3f9a2b1c</c>,
/// <c>hello-job-3f9a2b1c</c>. They follow from name, uid and attempt alone, so that a second create can only meet the first.
/// </summary>
internal static class Names
{
    /// <summary>Most characters of a pod's name, so that it is a host name too.</summary>
    private const int Longest = 63;

    /// <summary>On the execution: no deletion before every connection is released.</summary>
    public const string ReleaseFinalizer = "bulkhead.dev/release-connections";

    /// <summary>On pods and job: they stay as records until the execution's status holds their outcome.</summary>
    public const string Fence = "bulkhead.dev/fence";

    public const string ExecutionLabel = "bulkhead.dev/execution";

    public const string UidLabel = "bulkhead.dev/execution-uid";

    public const string TenantLabel = "bulkhead.dev/tenant";

    public const string AttemptLabel = "bulkhead.dev/attempt";

    /// <summary><c>worker</c> or <c>release</c>.</summary>
    public const string RoleLabel = "bulkhead.dev/role";

    /// <summary>On pods: of their job, should the status be taken away.</summary>
    public const string JobHash = "bulkhead.dev/job-hash";

    /// <summary>On the execution, value <c>orphan</c>: give up what is not released.</summary>
    public const string ForceRelease = "bulkhead.dev/force-release";

    /// <summary>On a worker pod, value <see cref="StopSoftly"/>: its kubelet shows it to the worker as a file of the contract directory.</summary>
    public const string StopAnnotation = "bulkhead.dev/stop";

    public const string StopSoftly = "softly";

    public static string Worker(string execution, string uid, int attempt) => Shortened(execution, $"-{attempt}-{Hash(uid)}");

    /// <param name="execution">Name of the execution.</param>
    /// <param name="uid">Its uid.</param>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="after">Uid of a release pod that still has the name and was let go; null: there is none.</param>
    public static string Release(string execution, string uid, int attempt, string? after = null) => Shortened(execution, $"-{attempt}-release-{Hash(uid + after)}");

    /// <summary>Pod and job of a connection's audit.</summary>
    public static string Audit(string connection, string uid) => Shortened(connection, $"-audit-{Hash(uid)}");

    public static string Job(string execution, string uid) => Shortened(execution, $"-job-{Hash(uid)}");

    /// <summary>A label's value has at most 63 characters and ends with a letter or digit.</summary>
    public static string LabelValue(string text) => (text.Length <= Longest ? text : text[..Longest]).TrimEnd('-', '.', '_');

    private static string Shortened(string execution, string suffix)
    {
        var name = execution.Replace('.', '-');
        var room = Longest - suffix.Length;
        return (name.Length <= room ? name : name[..room].TrimEnd('-')) + suffix;
    }

    private static string Hash(string uid) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uid)).AsSpan(0, 4));
}
