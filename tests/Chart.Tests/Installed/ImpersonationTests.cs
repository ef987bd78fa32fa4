namespace Bulkhead.Chart.Tests.Installed;

/// <summary>Real requests under the operator's own account: what a stolen token of it could be tried for. <see cref="RightsTests"/> asks about everything else.</summary>
[Collection(NodeCollection.Name)]
public sealed class ImpersonationTests(Node node)
{
    private const string Account = $"--as=system:serviceaccount:{Node.Namespace}:bulkhead-operator";

    [Fact]
    public async Task OperatorsAccount_TryingWhatItsRolesDoNotName_IsRefusedByTheServer()
    {
        await node.InstallAsync();
        await node.ApplyAsync("""
            apiVersion: v1
            kind: Secret
            metadata: {name: operators-own, namespace: bulkhead-system}
            stringData: {password: not-yours}
            """);
        var pod = (string)(await node.OperatorsAsync())[0]["metadata"]!["name"]!;

        await RefusedAsync("get", "secrets", "-A");
        await RefusedAsync("-n", Node.Namespace, "get", "secret", "operators-own");
        await RefusedAsync("-n", "default", "create", "secret", "generic", "planted", "--from-literal=a=b");
        await RefusedAsync("-n", Node.Namespace, "create", "token", "bulkhead-operator");
        await RefusedAsync("-n", Node.Namespace, "exec", pod, "--", "/app/bulkhead-operator", "--help");
        await RefusedAsync("create", "clusterrolebinding", "more", "--clusterrole=cluster-admin", $"--serviceaccount={Node.Namespace}:bulkhead-operator");
        await RefusedAsync("-n", Node.Namespace, "delete", "deployment", "bulkhead-operator");
        await RefusedAsync("delete", "crd", "workflowexecutions.bulkhead.dev");
        await RefusedAsync("delete", "tenant", "default");

        await node.KubectlAsync(Account, "get", "wfx", "-A");
        await node.KubectlAsync("-n", Node.Namespace, "delete", "secret", "operators-own");
    }

    private async Task RefusedAsync(params string[] arguments)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => node.KubectlAsync([Account, .. arguments]), string.Join(' ', arguments));
        refusal.Message.ShouldContain("forbidden", Case.Insensitive, string.Join(' ', arguments));
    }
}
