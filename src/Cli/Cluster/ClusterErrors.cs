using System.Net;
using System.Text.RegularExpressions;
using k8s.Autorest;
using k8s.Exceptions;

namespace Bulkhead.Cli.Cluster;

/// <summary>What the cluster or the kubeconfig refused, as a sentence that says what to do. Pure.</summary>
internal static partial class ClusterErrors
{
    /// <returns>Null: nothing of the cluster's; a defect.</returns>
    public static ClusterFaultException? Explain(Exception e, Uri? server) => e switch
    {
        ClusterFaultException fault => fault,
        KubeConfigException => new ClusterFaultException($"{Sentence(e.Message)}{(IsOfProgram(e) ? "" : " Give --kubeconfig FILE or --context NAME, or set KUBECONFIG.")}", ExitCode.NoResult),
        HttpOperationException { Response: { } response } refused => Refused(refused, response.StatusCode),
        HttpRequestException or TimeoutException or HttpIOException or IOException { InnerException: HttpRequestException } => new ClusterFaultException(
            $"The cluster at {server} does not answer: {e.Message} Is it up, and is it the right --context? See: kubectl cluster-info", ExitCode.NoResult),
        _ => null,
    };

    /// <summary>The right kubeconfig was found: what its credential program says is all that there is to mend.</summary>
    private static bool IsOfProgram(Exception e) => e.Message.Contains("credential program", StringComparison.Ordinal);

    private static string Sentence(string text) => text.TrimEnd() is var said && said.EndsWith('.') ? said : $"{said}.";

    private static ClusterFaultException Refused(HttpOperationException e, HttpStatusCode code)
    {
        var message = Prefix().Replace(e.Message, "");
        return code switch
        {
            HttpStatusCode.Unauthorized => new("The cluster does not know you (401). Log in again, or choose another --context.", ExitCode.NoResult),
            HttpStatusCode.Forbidden => new(Forbidden(message), ExitCode.NoResult),
            HttpStatusCode.NotFound when message.Contains("could not find the requested resource", StringComparison.Ordinal) => new(
                "The cluster has no Bulkhead: its custom resources are missing. Install the chart, or: kubectl apply -k config/ (docs/operations.md). Check with: bulkhead doctor", ExitCode.NoResult),
            HttpStatusCode.NotFound => new($"{message}.", ExitCode.BadInput),
            HttpStatusCode.Conflict when message.Contains("already exists", StringComparison.Ordinal) => new(
                $"{message}. Take another name with --name, or run it again with: bulkhead retry", ExitCode.BadInput),
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new($"The cluster refuses it: {message}", ExitCode.BadInput),
            _ => new($"The cluster answers {(int)code}: {message}", ExitCode.NoResult),
        };
    }

    private static string Forbidden(string message)
    {
        var asked = Asked().Match(message);
        if (!asked.Success) return $"{message}. Ask whoever administers the cluster for this right.";
        var (user, verb, resource, ns) = (asked.Groups["user"].Value, asked.Groups["verb"].Value, asked.Groups["resource"].Value, asked.Groups["ns"].Value);
        // A binding for the user whom everybody is without credentials would open the cluster to everybody.
        if (user == "system:anonymous") return "Your kubeconfig gave no credentials, so that the cluster takes you for nobody (system:anonymous). Log in, or choose another --context.";
        var role = resource is "workflowexecutions" or "workflows" or "connections" or "pods" or "pods/log" or "events" or "tenants"
            ? verb is "get" or "list" or "watch" ? "bulkhead-view" : "bulkhead-edit"
            : "bulkhead-doctor";
        var who = user.Split(':') is ["system", "serviceaccount", var space, var account] ? $"--serviceaccount={space}:{account}" : $"--user={user}";
        return $"{user} may not {verb} {resource}{(ns.Length > 0 ? $" in namespace {ns}" : " in the whole cluster")}. Ask for the role {role}: "
            + (ns.Length > 0 ? $"kubectl create rolebinding {role} --clusterrole={role} {who} -n {ns}" : $"kubectl create clusterrolebinding {role} --clusterrole={role} {who}");
    }

    [GeneratedRegex(@"^[A-Z]+ /\S*: \d{3} ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(
        "User \"(?<user>[^\"]+)\" cannot (?<verb>\\w+) resource \"(?<resource>[^\"]+)\"(.* in the namespace \"(?<ns>[^\"]+)\")?",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();
}
