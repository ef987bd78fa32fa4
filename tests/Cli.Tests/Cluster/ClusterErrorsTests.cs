using System.Net;
using Bulkhead.Cli.Cluster;
using k8s.Autorest;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class ClusterErrorsTests
{
    private const string Path = "GET /apis/bulkhead.dev/v1alpha1/namespaces/acme/workflowexecutions";

    [Theory]
    [InlineData(403, "workflowexecutions.bulkhead.dev is forbidden: User \"eve\" cannot list resource \"workflowexecutions\" in API group \"bulkhead.dev\" in the namespace \"acme\"", 3, "eve may not list workflowexecutions in namespace acme. Ask for the role bulkhead-view: kubectl create rolebinding bulkhead-view --clusterrole=bulkhead-view --user=eve -n acme")]
    [InlineData(403, "x is forbidden: User \"system:serviceaccount:ci:bot\" cannot create resource \"workflowexecutions\" in API group \"bulkhead.dev\" in the namespace \"acme\"", 3, "system:serviceaccount:ci:bot may not create workflowexecutions in namespace acme. Ask for the role bulkhead-edit: kubectl create rolebinding bulkhead-edit --clusterrole=bulkhead-edit --serviceaccount=ci:bot -n acme")]
    [InlineData(403, "deployments.apps is forbidden: User \"eve\" cannot list resource \"deployments\" in API group \"apps\" at the cluster scope", 3, "eve may not list deployments in the whole cluster. Ask for the role bulkhead-doctor: kubectl create clusterrolebinding bulkhead-doctor --clusterrole=bulkhead-doctor --user=eve")]
    [InlineData(401, "Unauthorized", 3, "The cluster does not know you (401). Log in again, or choose another --context.")]
    [InlineData(404, "the server could not find the requested resource", 3, "The cluster has no Bulkhead: its custom resources are missing. Install the chart, or: kubectl apply -k config/ (docs/operations.md). Check with: bulkhead doctor")]
    [InlineData(409, "workflowexecutions.bulkhead.dev \"hello\" already exists", 2, "workflowexecutions.bulkhead.dev \"hello\" already exists. Take another name with --name, or run it again with: bulkhead retry")]
    [InlineData(422, "spec.userId: too long", 2, "The cluster refuses it: spec.userId: too long")]
    [InlineData(500, "etcd is full", 3, "The cluster answers 500: etcd is full")]
    public void Explain_RefusalOfTheServer_SaysWhatToDo(int code, string message, int exitCode, string expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)code);
        var refused = new HttpOperationException($"{Path}: {code} {message}") { Response = new HttpResponseMessageWrapper(response, "") };

        var fault = ClusterErrors.Explain(refused, null)!;

        (fault.Message, fault.ExitCode).ShouldBe((expected, exitCode));
    }

    [Fact]
    public void Explain_Defect_IsNotHidden() => ClusterErrors.Explain(new InvalidOperationException("x"), null).ShouldBeNull();
}
