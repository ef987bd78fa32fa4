using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Crds;

/// <summary>The custom resources as a server takes, keeps and shows them.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CrdServerTests(ApiServer server) : IAsyncLifetime
{
    private const string Execution = """
        {"apiVersion":"bulkhead.dev/v1alpha1","kind":"WorkflowExecution","metadata":{"name":"hello"},"spec":{
          "workflow":{"name":"hello","nodes":[{"name":"a","run":"return {}","unheard_of":{"x":[1,null,""]}}]},
          "inputs":{"regions":["north"],"empty":"","none":{},"n":1.5},"userId":"alice","tenantId":"acme","connections":["5","orders-db"],
          "loading":"Eager","desiredState":"Suspended","timeouts":{"queue":"30m","active":"1h30m"},
          "release":{"graceful":"5s","deadline":"1m","onTimeout":"Orphan"},"retryPolicy":{"maxAttempts":3,"onPodFailure":"Restart","backoff":"1s"},
          "ttlSecondsAfterFinished":60,"rerunToken":"2",
          "podTemplate":{"metadata":{"labels":{"a":"b"},"annotations":{"c":"d"}},"resources":{"requests":{"cpu":"100m"},"limits":{"memory":"64Mi"}},
            "nodeSelector":{"disk":"ssd"},"affinity":{"nodeAffinity":{"x":1}},"tolerations":[{"key":"k","operator":"Exists"}],
            "priorityClassName":"p","runtimeClassName":"r","imagePullSecrets":[{"name":"s"}],"image":"i:1","serviceAccountName":"sa"}}}
        """;

    private string _ns = "";

    public async Task InitializeAsync()
    {
        var folder = Path.Combine(ApiServer.Root, "crds");
        await server.KubectlAsync(["apply", "--validate=false", "-k", folder]);
        await server.KubectlAsync(["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"]);
        _ns = await server.NamespaceAsync("crds");
        // Established means that the names are taken; the endpoint follows a moment later.
        await Eventually.TrueAsync(ServedAsync, TimeSpan.FromSeconds(60), () => "the new types");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("WorkflowExecution", Execution)]
    [InlineData("Workflow", """{"apiVersion":"bulkhead.dev/v1alpha1","kind":"Workflow","metadata":{"name":"x"},"spec":{"workflow":{"nodes":[{"id":"a"}]}}}""")]
    [InlineData("Connection", """
        {"apiVersion":"bulkhead.dev/v1alpha1","kind":"Connection","metadata":{"name":"x"},"spec":{"id":5,"type":"postgres","config":{"port":5432},
        "secretRef":{"name":"s"},"pooling":"session","release":{"endpoint":{"host":"h"},"secretRef":{"name":"t"}},"global":true,"active":false,
        "allowedUsers":["alice"],"audit":true}}
        """)]
    [InlineData("Tenant", """
        {"apiVersion":"bulkhead.dev/v1alpha1","kind":"Tenant","metadata":{"name":"round-trip"},"spec":{"namespaces":["a"],"maxConcurrentExecutions":5,
        "maxConcurrentPerUser":3,"weight":2,"successfulExecutionsHistoryLimit":9,"failedExecutionsHistoryLimit":0,"allowedConnectionTypes":["postgres"],"allowedImages":["i"],"allowedServiceAccounts":["s"],
        "workerDefaults":{"nodeSelector":{"a":"b"}}}}
        """)]
    public async Task Spec_EveryField_SurvivesServerAndTypes(string kind, string text)
    {
        var given = JsonNode.Parse(text)!;

        var read = kind switch
        {
            "WorkflowExecution" => await ThroughAsync<WorkflowExecutionEntity>(given),
            "Workflow" => await ThroughAsync<WorkflowEntity>(given),
            "Connection" => await ThroughAsync<ConnectionEntity>(given),
            _ => await ThroughAsync<TenantEntity>(given),
        };

        JsonNode.DeepEquals(read["spec"], given["spec"]).ShouldBeTrue($"{read["spec"]}\n{given["spec"]}");
    }

    [Fact]
    public async Task Status_NobodyLooked_ObservedGenerationIsMinusOneAndDefaultsAreThere()
    {
        var created = await CreateAsync("fresh", """{"workflow":{"nodes":[]}}""");

        created.Status!.ObservedGeneration.ShouldBe(-1);
        (created.Spec.Loading, created.Spec.DesiredState).ShouldBe(("Lazy", "Running"));
        created.Spec.Release.ShouldBe(new() { Graceful = "30s", Deadline = "10m", OnTimeout = "Block" });
        created.Spec.RetryPolicy.ShouldBe(new() { MaxAttempts = 1, OnPodFailure = "Fail", Backoff = "10s" });
    }

    [Fact]
    public async Task Status_EveryField_SurvivesAndKubectlWaitsForIt()
    {
        var created = await CreateAsync("done", """{"workflow":{"nodes":[]},"userId":"alice"}""");
        var at = new DateTimeOffset(2026, 11, 20, 1, 2, 3, TimeSpan.Zero);
        created.Status = new()
        {
            ObservedGeneration = 1,
            SpecHash = "abc",
            JobHash = "def",
            Phase = "Succeeded",
            TenantId = "acme",
            ExecutionId = "exec_x",
            Attempt = 1,
            StartTime = at,
            CompletionTime = at,
            Nodes = new() { Total = 2, Done = 1, Failed = 1, Rows = [new() { Name = "a", Status = "Failed", Branch = "b", DurationMs = 1.5, Error = "e", ErrorType = "t" }] },
            Outputs = JsonElement.Parse("""{"n":1,"empty":""}"""),
            Connections = [new() { Name = "db", Type = "database", Key = "k", Handle = "conn_1", State = "Released", Message = "m" }],
            Conditions =
            [
                new() { Type = "ConnectionsReleased", Status = "True", ObservedGeneration = 1, LastTransitionTime = at, Reason = "ReleasedByWorker", Message = "m" },
                new() { Type = "Succeeded", Status = "True", ObservedGeneration = 1, LastTransitionTime = at, Reason = "AllNodesDone", Message = "m" },
            ],
        };

        var written = await server.Client.UpdateStatusAsync(created);

        JsonNode.DeepEquals(JsonNode.Parse(KubernetesJson.Serialize(written.Status!)), JsonNode.Parse(KubernetesJson.Serialize(created.Status)))
            .ShouldBeTrue(KubernetesJson.Serialize(written.Status!));
        await server.KubectlAsync(["wait", "--for=condition=Succeeded", "wfx/done", "-n", _ns, "--timeout=5s"]);
        (await RowAsync("done"))[..^1].ShouldBe(["done", "Succeeded", "acme", "1", "2", "1"]);
        (await RowAsync("done", "-o=wide"))[..^1].ShouldBe(["done", "Succeeded", "acme", "1", "2", "1", "ReleasedByWorker", "AllNodesDone", "alice"]);
        (await server.KubectlAsync(["get", "bulkhead", "-n", _ns, "-o", "name"])).ShouldContain("workflowexecution.bulkhead.dev/done");
    }

    [Theory]
    [InlineData("""{"desiredState":"Paused"}""", "spec.desiredState: Unsupported value: \"Paused\"")]
    [InlineData("""{"timeouts":{"active":"soon"}}""", "spec.timeouts.active: Invalid value")]
    [InlineData("""{"retryPolicy":{"maxAttempts":0}}""", "spec.retryPolicy.maxAttempts: Invalid value: 0")]
    [InlineData("""{"workflowRef":{}}""", "spec.workflowRef.name: Required value")]
    [InlineData("""{"workflow":"text"}""", "spec.workflow: Invalid value: \"string\"")]
    [InlineData("""{"ttlSecondsAfterFinished":-1}""", "spec.ttlSecondsAfterFinished: Invalid value: -1")]
    public async Task Create_OutOfBounds_ServerRefusesAndNamesTheField(string spec, string fault)
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(() => ApplyAsync("WorkflowExecution", "bad", spec));

        error.Message.ShouldContain(fault);
    }

    [Fact]
    public async Task Explain_Spec_ReadsWell()
    {
        var text = await server.KubectlAsync(["explain", "workflowexecution.spec"]);

        text.ShouldContain("What to run, for whom, and how it may end.");
        text.ShouldContain("desiredState\t<string>");
        (await server.KubectlAsync(["explain", "wfc.spec.release.endpoint"])).ShouldContain("behind a pooler");
    }

    [Fact]
    public async Task Kustomization_CrdsAndRights_AreTaken()
    {
        await server.KubectlAsync(["apply", "--validate=false", "-k", Path.Combine(ApiServer.Root, "config")]);

        const string User = "system:serviceaccount:bulkhead-system:bulkhead-operator";
        (await CanAsync("get", "secrets", User)).ShouldBeFalse("the operator has no right on Secrets at all");
        (await CanAsync("list", "secrets", User)).ShouldBeFalse();
        (await CanAsync("update", "workflowexecutions.bulkhead.dev/status", User)).ShouldBeTrue();
        (await CanAsync("patch", "workflowexecutions.bulkhead.dev/status", User)).ShouldBeFalse("it only ever writes a whole status, with the version that it saw");
        (await CanAsync("create", "pods", User)).ShouldBeTrue();
        (await CanAsync("create", "pods/exec", User)).ShouldBeFalse();
    }

    /// <summary>The columns that <c>kubectl get</c> prints, the age last.</summary>
    private async Task<string[]> RowAsync(string name, params string[] options) =>
        (await server.KubectlAsync(["get", "wfx", name, "-n", _ns, "--no-headers", .. options])).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private async Task<bool> CanAsync(string verb, string resource, string user)
    {
        var parts = resource.Split('/');
        string[] sub = parts.Length > 1 ? ["--subresource", parts[1]] : [];
        try
        {
            return (await server.KubectlAsync(["auth", "can-i", verb, parts[0], .. sub, "--as", user, "-n", _ns])).Trim() == "yes";
        }
        catch (InvalidOperationException)
        {
            // can-i answers no with exit code 1.
            return false;
        }
    }

    private async Task<bool> ServedAsync()
    {
        try
        {
            await server.KubectlAsync(["get", "wfx,wfl,wfc,wft", "-n", _ns]);
            await server.KubectlAsync(["explain", "wfx.spec"]);
            await server.KubectlAsync(["explain", "wfc.spec"]);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<JsonNode> ThroughAsync<T>(JsonNode given)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var entity = KubernetesJson.Deserialize<T>(given.ToJsonString());
        entity.Metadata.NamespaceProperty = entity is TenantEntity ? null : _ns;
        var created = await server.Client.CreateAsync(entity);
        var read = await server.Client.GetAsync<T>(created.Name(), created.Namespace());
        var raw = await server.KubectlAsync(["get", $"{given["kind"]}", created.Name(), "-n", _ns, "-o", "json"]);
        JsonNode.DeepEquals(JsonNode.Parse(raw)!["spec"], given["spec"]).ShouldBeTrue("what lies on the server");
        return JsonNode.Parse(KubernetesJson.Serialize(read!))!;
    }

    private Task<WorkflowExecutionEntity> CreateAsync(string name, string spec) => server.Client.CreateAsync(new WorkflowExecutionEntity
    {
        Metadata = new() { Name = name, NamespaceProperty = _ns },
        Spec = KubernetesJson.Deserialize<WorkflowExecutionSpec>(spec),
    });

    private Task<string> ApplyAsync(string kind, string name, string spec) => server.KubectlAsync(
        ["apply", "--validate=false", "-n", _ns, "-f", "-"],
        $$$$"""{"apiVersion":"bulkhead.dev/v1alpha1","kind":"{{{{kind}}}}","metadata":{"name":"{{{{name}}}}"},"spec":{{{{spec}}}}}""");
}
