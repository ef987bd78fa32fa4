namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The operator's account, as the API server judges it.</summary>
[Collection(NodeCollection.Name)]
public sealed class RightsTests(Node node)
{
    [Theory]
    [InlineData("get", "secrets", "no")]
    [InlineData("list", "secrets", "no")]
    [InlineData("create", "secrets", "no")]
    [InlineData("create", "pods/exec", "no")]
    [InlineData("create", "serviceaccounts/token", "no")]
    [InlineData("update", "workflowexecutions.bulkhead.dev", "no")]
    [InlineData("create", "workflowexecutions.bulkhead.dev", "no")]
    [InlineData("patch", "connections.bulkhead.dev", "no")]
    [InlineData("create", "deployments.apps", "no")]
    [InlineData("patch", "nodes", "no")]
    [InlineData("create", "clusterrolebindings.rbac.authorization.k8s.io", "no")]
    [InlineData("list", "configmaps", "no")]
    [InlineData("create", "pods", "yes")]
    [InlineData("patch", "workflowexecutions.bulkhead.dev", "yes")]
    public async Task OperatorsAccount_AskedForARight_HasItOnlyWhereTheRoleNamesIt(string verb, string resource, string expected)
    {
        await node.ChartAsync("install");

        (await node.CanAsync($"system:serviceaccount:{Node.Namespace}:bulkhead-operator", verb, resource)).ShouldBe(expected);
    }
}
