using System.Net;
using System.Text;
using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cluster.Tests.Client;

/// <summary>Requests as the server takes them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClientTests(ApiServer server)
{
    [Fact]
    public async Task Get_Missing_IsNull() => (await server.Client.GetAsync<V1ConfigMap>("nobody", "default")).ShouldBeNull();

    [Fact]
    public async Task Create_Twice_ConflictSaysWhatTheServerSaid()
    {
        var ns = await server.NamespaceAsync("client");
        await server.Client.CreateAsync(Widget.Named("w", ns));

        var error = await Should.ThrowAsync<HttpOperationException>(() => server.Client.CreateAsync(Widget.Named("w", ns)));

        error.Response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        error.Message.ShouldBe($"POST /apis/tests.bulkhead.dev/v1/namespaces/{ns}/widgets: 409 widgets.tests.bulkhead.dev \"w\" already exists");
        error.Body.ShouldBeOfType<V1Status>().Reason.ShouldBe("AlreadyExists");
    }

    [Fact]
    public async Task List_MoreThanAPage_GivesAllOnce()
    {
        var ns = await server.NamespaceAsync("pages");
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => server.Client.CreateAsync(Widget.Named($"w{i}", ns))));

        var all = await server.Client.ListAsync<Widget>(ns);

        all.Select(w => w.Metadata.Name).Distinct().Count().ShouldBe(1100);
        all.Count.ShouldBe(1100);
    }

    [Fact]
    public async Task List_BuiltInType_ItemsHaveKindAndVersion()
    {
        var namespaces = await server.Client.ListAsync<V1Namespace>(labelSelector: "", fieldSelector: "metadata.name=default");

        namespaces.ShouldHaveSingleItem();
        (namespaces[0].Kind, namespaces[0].ApiVersion).ShouldBe(("Namespace", "v1"));
    }

    [Theory]
    [InlineData(V1Patch.PatchType.MergePatch, """{"data":{"b":"2"}}""")]
    [InlineData(V1Patch.PatchType.StrategicMergePatch, """{"data":{"b":"2"}}""")]
    [InlineData(V1Patch.PatchType.JsonPatch, """[{"op":"add","path":"/data/b","value":"2"}]""")]
    [InlineData(V1Patch.PatchType.ApplyPatch, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"b":"2"}}""")]
    public async Task Patch_EveryKind_ChangesOnlyWhatItNames(V1Patch.PatchType kind, string patch)
    {
        var ns = await server.NamespaceAsync("patch");
        await server.Client.CreateAsync(
            new V1ConfigMap { Metadata = new() { Name = "c", NamespaceProperty = ns }, Data = new Dictionary<string, string> { ["a"] = "1" } });

        var patched = await server.Client.PatchAsync<V1ConfigMap>(
            new(patch, kind), "c", ns, fieldManager: "test", force: kind == V1Patch.PatchType.ApplyPatch ? true : null);

        patched.Data.OrderBy(d => d.Key).ShouldBe([new("a", "1"), new("b", "2")]);
    }

    [Fact]
    public async Task UpdateStatus_OldVersion_IsAConflictAndSpecIsNotTouched()
    {
        var ns = await server.NamespaceAsync("status");
        var widget = await server.Client.CreateAsync(Widget.Named("w", ns, value: 1));
        widget.Spec.Value = 2;
        widget.Status.Seen = 7;

        var written = await server.Client.UpdateStatusAsync(widget);

        (written.Spec.Value, written.Status.Seen).ShouldBe((1, 7));
        var error = await Should.ThrowAsync<HttpOperationException>(() => server.Client.UpdateStatusAsync(widget));
        error.Response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Replace_FieldsThatTheModelDoesNotName_AreKept()
    {
        var ns = await server.NamespaceAsync("unknown");
        const string Pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"dnsConfig":{"nameservers":["10.0.0.1"]},"automountServiceAccountToken":false,
            "serviceAccountName":"default",
            "containers":[{"name":"c","image":"i","lifecycle":{"preStop":{"exec":{"command":["true"]}}}}],
            "volumes":[{"name":"v","nfs":{"server":"s","path":"/p"}}]}}
            """;
        await server.KubectlAsync(["create", "serviceaccount", "default", "-n", ns]);
        await server.KubectlAsync(["create", "-n", ns, "-f", "-"], Pod);
        var before = await server.KubectlAsync(["get", "pod", "p", "-n", ns, "-o", "jsonpath={.spec}"]);

        var pod = (await server.Client.GetAsync<V1Pod>("p", ns))!;
        pod.Metadata.Labels = new Dictionary<string, string> { ["seen"] = "yes" };
        await server.Client.UpdateAsync(pod);

        (await server.KubectlAsync(["get", "pod", "p", "-n", ns, "-o", "jsonpath={.spec}"])).ShouldBe(before);
        (await server.KubectlAsync(["get", "pod", "p", "-n", ns, "-o", "jsonpath={.metadata.labels.seen}"])).ShouldBe("yes");
    }

    [Fact]
    [Trait("Needs", "OwnServer")]
    public async Task Watch_TooOldVersion_Is410()
    {
        await server.CompactAsync();
        await server.RestartAsync("apiserver");

        var error = await Should.ThrowAsync<Exception>(async () =>
        {
            await foreach (var _ in server.Client.WatchAsync<V1Namespace>(resourceVersion: "2", allowWatchBookmarks: true))
            {
                // The first thing that comes is the error.
            }
        });

        (error is KubernetesException { Status.Code: 410 } or HttpOperationException { Response.StatusCode: HttpStatusCode.Gone })
            .ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task Log_OfAPodThatNeverRan_IsAReadableError()
    {
        var error = await Should.ThrowAsync<HttpOperationException>(
            () => server.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync("nobody", "default", follow: true));

        error.Message.ShouldBe("GET /api/v1/namespaces/default/pods/nobody/log: 404 pods \"nobody\" not found");
        Encoding.UTF8.GetByteCount(error.Response.Content).ShouldBePositive();
    }
}
