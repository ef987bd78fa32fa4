using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>Nothing that stands in an object crashes the operator, hangs it, or makes it run twice.</summary>
[Collection(NodeCollection.Name)]
public sealed class BadInputTests(ExecutionCluster cluster)
{
    [Theory]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","run":"return {}"},{"name":"a","run":"return {}"}]}}""", "STRUCTURAL_ERROR", "nodes[1]")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","rum":"return {}"}]}}""", "UNKNOWN_FIELD", "nodes[0].rum")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"id":"A","depends_on":["B"]},{"id":"B","depends_on":["A"]}]}}""", "CYCLE", "")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","run":"return {}"}]},"tenantId":"somebody-else"}""", "TENANT_CONFLICT", "spec.tenantId")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","run":"return {}"}]},"podTemplate":{"image":"evil/image:1"}}""", "IMAGE_NOT_ALLOWED", "spec.podTemplate.image")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","run":"return {}"}]},"podTemplate":{"affinity":{"nodeAffinity":"x"}}}""", "WRONG_TYPE", "spec.podTemplate.affinity")]
    [InlineData("""{"workflow":{"name":"x","nodes":[{"name":"a","run":"return {}"}]},"timeouts":{"active":"99999999h"}}""", "INVALID_VALUE", "spec.timeouts.active")]
    [InlineData("""{}""", "INVALID_VALUE", "spec")]
    public async Task Spec_Faulty_FailsWithClassCodeAndPath(string spec, string code, string path)
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await ApplyAsync(scenario, spec);

        var execution = await scenario.ReachesAsync("Succeeded", "False", "Invalid");
        var message = execution.Status!.Conditions!.Single(c => c.Type == "Succeeded").Message;
        message.ShouldContain(code);
        message.ShouldContain(path);
        execution.Metadata.Finalizers.ShouldBeNull();
        (await cluster.Client.ListAsync<V1Pod>(scenario.Namespace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Inputs_NestedHundredsOfLevels_FailTheirOwnExecutionAndBlindNobody()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        var deep = JsonElement.Parse($$"""{"a":{{new string('[', 300)}}{{new string(']', 300)}}}""", new JsonDocumentOptions { MaxDepth = 400 });
        await scenario.RunAsync(spec: s => s with { Inputs = deep }, name: "deep");

        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(then: "select 1", name: "shallow");

        (await scenario.ReachesAsync("Succeeded", "False", "Invalid", name: "deep")).Status!.Conditions!.Single(c => c.Type == "Succeeded").Message.ShouldContain("TOO_DEEP");
        await scenario.ReachesAsync("Succeeded", "True", name: "shallow");
    }

    [Fact]
    public async Task Job_TooLarge_Fails()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        var noise = new byte[1_020_000];
        Random.Shared.NextBytes(noise);

        await scenario.RunAsync(spec: s => s with { Inputs = JsonSerializer.SerializeToElement(new { noise = Convert.ToBase64String(noise) }) });

        await scenario.ReachesAsync("Succeeded", "False", "JobTooLarge");
    }

    [Fact]
    public async Task Spec_EditedWhileItRuns_IsDriftAndChangesNothing()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select pg_sleep(4)");
        await scenario.HoldsAsync();

        await cluster.KubectlAsync(
            ["-n", scenario.Namespace, "patch", "wfx", "run", "--type=merge", "-p", """{"spec":{"userId":"somebody-else"}}"""]);

        await scenario.ReachesAsync("SpecDrift", "True", "ImmutableFieldEdited");
        await scenario.ReachesAsync("Succeeded", "True");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Pod_OfSomebodyElseWithOurName_IsNeitherAdoptedNorDeleted()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await scenario.RunAsync("select 1");
        var uid = (await scenario.ReadAsync()).Metadata.Uid;
        var name = Names.Worker("run", uid, 1);
        await cluster.KubectlAsync(
            ["-n", scenario.Namespace, "run", name, "--image=localhost/busybox:1", "--image-pull-policy=Never", "--restart=Never", "--", "sleep", "600"]);

        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.ReachesAsync("PodReady", "False", "PodNameConflict");
        (await cluster.Client.GetAsync<V1Pod>(name, scenario.Namespace))!.Metadata.DeletionTimestamp.ShouldBeNull();
        (await scenario.Database.ScalarAsync<long>("select count(*) from runs", CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData(false, "Admitted", "before the admission")]
    [InlineData(true, "PodReady", "between the admission and the job")]
    public async Task Job_PlantedUnderItsName_IsNeitherRunNorDeleted(bool admitted, string condition, string because)
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await scenario.RunAsync("select 1");
        if (admitted) await AdmitAsync(scenario);
        var planted = await cluster.Client.CreateAsync(new V1ConfigMap
        {
            Metadata = new V1ObjectMeta { Name = Names.Job("run", (await scenario.ReadAsync()).Metadata.Uid), NamespaceProperty = scenario.Namespace },
            Immutable = true,
            BinaryData = new Dictionary<string, byte[]> { ["job.json.gz"] = [1, 2, 3] },
            Data = new Dictionary<string, string> { [JobSnapshot.ShapeKey] = JobSnapshot.Write(new PodShape { TenantId = "mallory", Template = new PodTemplate { Image = "evil" } }) },
        });

        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.ReachesAsync(condition, "False", "JobNameConflict");
        (await cluster.Client.ListAsync<V1Pod>(scenario.Namespace)).ShouldBeEmpty(because);
        await cluster.Client.DeleteAsync<V1ConfigMap>(planted.Name(), scenario.Namespace);
        await scenario.ReachesAsync("Succeeded", "True", seconds: 60);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Job_ExchangedOnItsWayIntoThePod_IsNotRun()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1", spec: s => s with { PodTemplate = new PodTemplate { NodeSelector = new Dictionary<string, string> { [scenario.Namespace] = "here" } } });
        await scenario.ReachesAsync("PodReady", "False", "Unschedulable");
        var name = Names.Job("run", (await scenario.ReadAsync()).Metadata.Uid);
        var job = (await cluster.Client.GetAsync<V1ConfigMap>(name, scenario.Namespace))!;
        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "configmap", name, "--type=merge", "-p", """{"metadata":{"finalizers":null}}"""]);
        await cluster.Client.DeleteAsync<V1ConfigMap>(name, scenario.Namespace);
        job.BinaryData["job.json.gz"] = Gzip(Encoding.UTF8.GetString(Gunzip(job.BinaryData["job.json.gz"])).Replace("insert into runs default values", "insert into runs select now() from generate_series(1, 7)", StringComparison.Ordinal));
        job.Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = scenario.Namespace };
        await cluster.Client.CreateAsync(job);

        var nodes = await cluster.Client.ListAsync<V1Node>();
        await cluster.KubectlAsync(["label", "node", nodes.Single().Name(), $"{scenario.Namespace}=here"]);

        var ended = await scenario.ReachesAsync("Succeeded", "False", "JobUnreadable");
        ended.Status!.Condition("Succeeded")!.Message.ShouldContain("not the one that was admitted");
        (await scenario.Database.ScalarAsync<long>("select count(*) from runs", CancellationToken.None)).ShouldBe(0);
        await cluster.KubectlAsync(["label", "node", nodes.Single().Name(), $"{scenario.Namespace}-"]);
    }

    private static byte[] Gunzip(byte[] compressed)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress)) gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    /// <summary>An operator that dies before it writes the job.</summary>
    private async Task AdmitAsync(Scenario scenario)
    {
        DyingClient? client = null;
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, real => client = new DyingClient(real, dieAt: 3));
        await client!.Died.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Objects_WithForeignFinalizers_KeepThem()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select pg_sleep(4)");
        await scenario.HoldsAsync();
        const string Theirs = """[{"op":"add","path":"/metadata/finalizers/0","value":"example.com/theirs"}]""";
        var pod = await scenario.WorkerAsync();
        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "pod", pod.Metadata.Name, "--type=json", "-p", Theirs]);
        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "wfx", "run", "--type=json", "-p", Theirs]);

        await scenario.ReachesAsync("Succeeded", "True");

        await Eventually.TrueAsync(
            async () => (await scenario.ReadAsync()).Metadata.Finalizers is ["example.com/theirs"], TimeSpan.FromSeconds(10), () => "ours is left, or theirs is gone");
        (await scenario.WorkerAsync()).Metadata.Finalizers.ShouldBe(["example.com/theirs"]);
        foreach (var (kind, name) in new[] { ("pod", pod.Metadata.Name), ("wfx", "run") })
        {
            await cluster.KubectlAsync(
                ["-n", scenario.Namespace, "patch", kind, name, "--type=json", "-p", """[{"op":"remove","path":"/metadata/finalizers"}]"""]);
        }
    }

    [Theory]
    [InlineData("""{"status":{"phase":"Succeeded","attempt":7,"conditions":[]}}""")]
    [InlineData("""{"status":null}""")]
    public async Task Status_EditedByHand_RunsAtMostOnceAndReleases(string status)
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        await app.DisposeAsync();
        var execution = await scenario.ReadAsync();
        execution.Status = JsonDocument.Parse(status).RootElement.GetProperty("status").Deserialize(ResourceJson.Default.WorkflowExecutionStatus);
        await cluster.Client.UpdateStatusAsync(execution);

        await using var next = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);

        await scenario.IsGoneAsync(seconds: 60);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1), rows: 1);
        await scenario.NothingIsFencedAsync();
    }

    private async Task ApplyAsync(Scenario scenario, string spec) => await cluster.Client.CreateAsync(new WorkflowExecutionEntity
    {
        Metadata = new V1ObjectMeta { Name = "run", NamespaceProperty = scenario.Namespace },
        Spec = JsonSerializer.Deserialize(spec, ResourceJson.Default.WorkflowExecutionSpec)!,
    });
}
