namespace Bulkhead.Chart.Tests.Installed;

/// <summary>What a user of a namespace may try with an execution, on an installation with the chart's own rights.</summary>
[Collection(NodeCollection.Name)]
public sealed class SecurityTests(Node node)
{
    private const string Hostile = """

          podTemplate:
            metadata:
              name: escaped
              namespace: kube-system
              labels: {bulkhead.dev/execution-uid: forged, bulkhead.dev/role: release, bulkhead.dev/tenant: globex, app.kubernetes.io/name: other}
              annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict: "true"}
            hostNetwork: true
            hostPID: true
            automountServiceAccountToken: true
            securityContext: {runAsUser: 0, runAsNonRoot: false}
            volumes: [{name: host, hostPath: {path: /}}]
            containers: [{name: worker, image: evil, command: [sh], securityContext: {privileged: true}}]
            initContainers: [{name: first, image: evil}]
        """;

    [Fact]
    public async Task PodTemplate_OfAnAttacker_ChangesNothingOfThePodsSecurity()
    {
        await node.InstallAsync();
        // An old server, or a client that validates nothing: the unknown fields are sent.
        await node.ApplyAsync(Executions.Of("hostile", "return {}", spec: Hostile), "--validate=false");
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/hostile", "--timeout=60s");
        var uid = (string)(await node.GetAsync("wfx", "hostile", "default"))!["metadata"]!["uid"]!;

        var pod = (await node.ListAsync("pods", "-l", $"bulkhead.dev/execution-uid={uid}")).ShouldHaveSingleItem();

        (await node.ListAsync("pods", "-n", "kube-system")).ShouldBeEmpty("a pod is made in the execution's own namespace");
        ((string?)pod["metadata"]!["labels"]!["bulkhead.dev/role"]).ShouldBe("worker");
        ((string?)pod["metadata"]!["labels"]!["bulkhead.dev/tenant"]).ShouldBe("default");
        ((string?)pod["metadata"]!["annotations"]!["cluster-autoscaler.kubernetes.io/safe-to-evict"]).ShouldBe("false");
        var spec = pod["spec"]!;
        foreach (var key in (string[])["hostNetwork", "hostPID", "hostIPC", "initContainers"]) spec[key].ShouldBeNull(key);
        ((bool?)spec["automountServiceAccountToken"]).ShouldBe(false);
        ((bool?)spec["securityContext"]!["runAsNonRoot"]).ShouldBe(true);
        spec["volumes"]!.AsArray().ShouldAllBe(v => v!["configMap"] != null || v["emptyDir"] != null || v["secret"] != null || v["downwardAPI"] != null);
        spec["volumes"]!.AsArray().SelectMany(v => v!["downwardAPI"]?["items"]!.AsArray() ?? []).Select(i => (string?)i!["fieldRef"]!["fieldPath"])
            .ShouldBe(["metadata.annotations['bulkhead.dev/stop']"], "of the pod itself, the worker sees the wish to stop and nothing else");
        var container = spec["containers"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)container["image"]).ShouldBe("localhost/bulkhead-worker:dev");
        container["command"].ShouldBeNull();
        container["securityContext"]!.ToJsonString().ShouldNotContain("\"privileged\":true");
        ((bool?)container["securityContext"]!["readOnlyRootFilesystem"]).ShouldBe(true);
        ((bool?)container["securityContext"]!["allowPrivilegeEscalation"]).ShouldBe(false);
        container["volumeMounts"]!.ToJsonString().ShouldNotContain("serviceaccount", Case.Insensitive, "the worker has no credential for the API server");
        await node.KubectlAsync("delete", "wfx", "hostile", "--timeout=30s");
    }

    [Fact]
    public async Task Worker_LookedAtFromInside_HasOneSecretAndNoWayToTheApi()
    {
        await node.InstallAsync();
        await using var orders = await Orders.CreateAsync(node);
        await node.ApplyAsync("""
            apiVersion: v1
            kind: Secret
            metadata: {name: payroll, namespace: default}
            stringData: {password: not-yours}
            """);
        await node.ApplyAsync(Orders.Executions("inside"));
        await orders.WaitingAsync(1);
        var name = (string)(await node.ListAsync("pods", "-l", "bulkhead.dev/execution=inside")).ShouldHaveSingleItem()["metadata"]!["name"]!;

        var pod = InPod.Of("/app/bulkhead-worker", name);

        pod.Mounts.ShouldNotContain(m => m.Contains("serviceaccount", StringComparison.OrdinalIgnoreCase), "no token of the API server");
        Directory.Exists(pod.Outside("/var/run/secrets")).ShouldBeFalse();
        Directory.GetDirectories(pod.Outside("/bulkhead/connections")).Select(Path.GetFileName).ShouldBe(["orders-db"], "the Secret of its own connection and no other");
        Directory.GetFiles(pod.Outside("/bulkhead/connections/orders-db")).Select(Path.GetFileName).Order().ShouldBe(["password", "username"]);
        pod.Environment.ShouldAllBe(e => !e.Contains("password", StringComparison.OrdinalIgnoreCase) && !e.Contains("token", StringComparison.OrdinalIgnoreCase));
        pod.Environment.ShouldNotContain(e => e.StartsWith("OTEL_", StringComparison.Ordinal) || e.StartsWith("TRACEPARENT", StringComparison.Ordinal));
        pod.Maps.ShouldNotContain("OpenTelemetry", Case.Sensitive, "traces are off, and then cost nothing");
        pod.Status["Uid"].Split('\t').ShouldAllBe(id => id == "65532");
        foreach (var capabilities in (string[])["CapEff", "CapPrm", "CapBnd", "CapAmb"]) pod.Status[capabilities].ShouldBe("0000000000000000", capabilities);
        pod.Status["NoNewPrivs"].ShouldBe("1");
        pod.Status["Seccomp"].ShouldBe("2", "the runtime's default filter");
        await orders.ReleaseAsync();
        await node.KubectlAsync("delete", "secret", "payroll");
    }

    [Theory]
    [InlineData("podTemplate: {serviceAccountName: bulkhead-operator}", "SERVICE_ACCOUNT_NOT_ALLOWED")]
    [InlineData("podTemplate: {image: \"localhost/busybox:1\"}", "IMAGE_NOT_ALLOWED")]
    [InlineData("tenantId: globex", "TENANT_CONFLICT")]
    public async Task Execution_ThatReachesBeyondItsTenant_IsRefusedBeforeAnythingIsMade(string line, string code)
    {
        await node.InstallAsync();
        await node.ApplyAsync(Executions.Of("reaching", "return {}", spec: $"\n  {line}"));
        await node.UntilAsync(async () => Executions.Phase(await node.GetAsync("wfx", "reaching", "default")) == "Failed", TimeSpan.FromSeconds(30), "refused");

        (await node.GetAsync("wfx", "reaching", "default"))!["status"]!["conditions"]!.ToJsonString().ShouldContain(code);
        (await node.ListAsync("pods,configmaps", "-l", "bulkhead.dev/execution=reaching")).ShouldBeEmpty();
        await node.KubectlAsync("delete", "wfx", "reaching", "--timeout=30s");
    }

    [Fact]
    public async Task Connection_OfAnotherNamespace_IsNotThereForAnExecution()
    {
        await node.InstallAsync();
        await node.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: globex}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: theirs, namespace: globex}
            stringData: {username: a, password: b}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: theirs, namespace: globex}
            spec: {id: 7, type: postgres, config: {host: db.globex, port: 5432, database: d}, secretRef: {name: theirs}}
            """);
        await node.ApplyAsync(Executions.Of("stealing", "return {}", spec: "\n  connections: [theirs, \"7\"]"));

        await node.UntilAsync(async () => Executions.Condition(await node.GetAsync("wfx", "stealing", "default"), "Admitted") == "False", TimeSpan.FromSeconds(30), "it waits");

        (await node.GetAsync("wfx", "stealing", "default"))!["status"]!["conditions"]!.ToJsonString().ShouldNotContain("db.globex");
        (await node.ListAsync("pods", "-A", "-l", "bulkhead.dev/execution=stealing")).ShouldBeEmpty();
        await node.KubectlAsync("delete", "wfx", "stealing", "--timeout=30s");
        await node.KubectlAsync("delete", "namespace", "globex", "--wait=false");
    }
}
