using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>What a person wants of an execution, and whether that makes sense as it stands. Pure.</summary>
/// <param name="Spec">The fields of the spec to write; null: nothing is to be done.</param>
/// <param name="Said">What happens, or why nothing does.</param>
/// <param name="Refused">It makes no sense; <paramref name="Said"/> says what does.</param>
internal sealed record Wish(IReadOnlyDictionary<string, string>? Spec, string Said, bool Refused = false)
{
    public static Wish Of(string verb, WorkflowExecutionEntity execution) => verb switch
    {
        "suspend" => State(execution, "Suspended"),
        "resume" => State(execution, "Running"),
        "stop" => State(execution, "Stopped"),
        "terminate" => State(execution, "Terminated"),
        _ => Retry(execution, $"retry-{Guid.CreateVersion7():n}"),
    };

    /// <param name="execution">As it stands.</param>
    /// <param name="wanted">Running, Suspended, Stopped or Terminated.</param>
    public static Wish State(WorkflowExecutionEntity execution, string wanted)
    {
        var (name, current) = (execution.Name(), execution.Spec.DesiredState ?? "Running");
        return execution switch
        {
            { Metadata.DeletionTimestamp: not null } => No($"{name} is being deleted, which ends it."),
            _ when execution.IsFinished() => No($"{name} has ended ({execution.Phase()}). Run it again with: bulkhead retry {name}"),
            _ when current == wanted => new Wish(null, wanted == "Running" ? $"{name} is not suspended." : $"{name} is told so already: {wanted}."),
            _ when current == "Terminated" || (current == "Stopped" && wanted != "Terminated") => No($"{name} was told to end ({current}), and cannot be called back. Once it has ended: bulkhead retry {name}"),
            _ => new Wish(new Dictionary<string, string>(StringComparer.Ordinal) { ["desiredState"] = wanted }, $"{name}: {Means(wanted)}"),
        };
    }

    /// <param name="execution">As it stands.</param>
    /// <param name="token">A new one.</param>
    public static Wish Retry(WorkflowExecutionEntity execution, string token)
    {
        var name = execution.Name();
        if (execution.DeletionTimestamp() is not null) return No($"{name} is being deleted. Submit it anew.");
        if (!execution.IsFinished())
        {
            return No(execution.Spec.DesiredState == "Suspended"
                ? $"{name} is suspended. Let it go on with: bulkhead resume {name}"
                : $"{name} has not ended ({execution.Phase()}). End it first: bulkhead stop {name}, or terminate");
        }

        // Two who ask at once want one more run, not two: the operator would take the tokens one after the other.
        if (execution.Status?.RerunToken is { } began && execution.Spec.RerunToken is { Length: > 0 } asked && asked != began) return new Wish(null, $"{name} is told so already: it runs again.");
        var spec = new Dictionary<string, string>(StringComparer.Ordinal) { ["rerunToken"] = token };
        if (execution.Spec.DesiredState is not (null or "Running")) spec["desiredState"] = "Running"; // It would be ended again at once.
        return new Wish(spec, $"{name}: runs again from its first node.");
    }

    private static Wish No(string why) => new(null, why, Refused: true);

    private static string Means(string state) => state switch
    {
        "Suspended" => "its worker is ended and its connections are released; resume starts it from its first node.",
        "Running" => "goes on, from its first node.",
        "Stopped" => "no new node starts; running ones end, then `finally` runs.",
        _ => "is cancelled now; `finally` does not run.",
    };
}
