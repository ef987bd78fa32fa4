using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>Asks the server who may do what.</summary>
internal sealed class RightChecks(IKubernetesClient client)
{
    /// <summary>A person who may not do something is told whom to ask; nothing is wrong with the cluster.</summary>
    public async Task<IReadOnlyList<Finding>> OfCallerAsync(string? ns, CancellationToken ct)
    {
        const string Check = "your rights";
        var findings = new List<Finding>();
        foreach (var (commands, rights) in Right.OfCommands)
        {
            var missing = await MissingAsync(rights, right => MayIAsync(right.In(ns), ct));
            var place = ns is null ? "every namespace" : $"namespace {ns}";
            var role = commands.StartsWith("sub", StringComparison.Ordinal) || commands.StartsWith("sus", StringComparison.Ordinal) ? "bulkhead-edit" : "bulkhead-view";
            findings.Add(missing.Count == 0
                ? Finding.Ok(Check, $"{commands}: in {place}")
                : Finding.Note(Check, $"{commands}: not in {place} (you may not {string.Join(", ", missing)})", $"Where you need it, ask for the role {role}."));
        }

        return findings;
    }

    public async Task<Finding> OfOperatorAsync(string home, string account, string? watched, CancellationToken ct)
    {
        const string Check = "operator's rights";
        var user = $"system:serviceaccount:{home}:{account}";
        string[] groups = ["system:serviceaccounts", $"system:serviceaccounts:{home}", "system:authenticated"];
        var missing = await MissingAsync(Right.OfOperator(home), async right => (await client.CreateAsync(
            new AccessReview { Spec = new AccessReviewSpec { User = user, Groups = groups, ResourceAttributes = right.In(watched) } }, ct)).Status?.Allowed == true);
        return missing.Count == 0
            ? Finding.Ok(Check, $"{user} may do all that it needs{(watched is null ? "" : $" in namespace {watched}")}")
            : Finding.Wrong(Check, $"{user} may not: {string.Join("; ", missing)}", "Apply config/rbac (or config/namespaced), or install the chart with rbac.create=true.");
    }

    private async Task<bool> MayIAsync(V1ResourceAttributes attributes, CancellationToken ct) => (await client.CreateAsync(
        new V1SelfSubjectAccessReview { Metadata = new V1ObjectMeta(), Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = attributes } }, ct)).Status.Allowed;

    private static async Task<List<Right>> MissingAsync(IReadOnlyList<Right> rights, Func<Right, Task<bool>> isAllowed)
    {
        var answers = await Task.WhenAll(rights.Select(async right => (right, Allowed: await isAllowed(right))));
        return [.. answers.Where(a => !a.Allowed).Select(a => a.right)];
    }
}
