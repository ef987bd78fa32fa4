namespace Bulkhead.Chart.Tests.Installed;

/// <summary><c>bulkhead doctor</c> beside an operator that was installed as a user would.</summary>
[Collection(NodeCollection.Name)]
public sealed class DoctorTests(Node node)
{
    [Fact]
    public async Task Doctor_AfterInstallation_FindsNothingAndSeesTheOperatorGo()
    {
        await node.InstallAsync();
        var said = "";
        await node.UntilAsync(async () => (said = await node.DoctorAsync()).Contains("Nothing is wrong.", StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => $"the doctor finds nothing: {said}");
        said.ShouldContain("bulkhead-system/bulkhead-operator: 2 of 2 ready");
        said.ShouldContain(" leads");
        said.ShouldContain("system:serviceaccount:bulkhead-system:bulkhead-operator may do all that it needs");

        await node.KubectlAsync("-n", Node.Namespace, "scale", "deployment/bulkhead-operator", "--replicas=0");
        await node.KubectlAsync("delete", "clusterrolebinding", "bulkhead-operator");
        await node.UntilAsync(async () => (said = await node.DoctorAsync()).Contains("0 of 0 ready", StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => $"the doctor sees the operator go: {said}");

        said.ShouldContain("nobody holds the lease");
        said.ShouldContain("may not: get workflowexecutions");
        await node.ChartAsync("install");
    }
}
