namespace Bulkhead.Chart.Tests.Rendering;

/// <summary>values.schema.json refuses what the templates would make nonsense of, and says where it stands.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("operator.image.repository=", "operator.image.repository", "no image is published: the user's registry has to be named")]
    [InlineData("operator.image.repository=a:b", "operator.image.repository", "the tag has its own value")]
    [InlineData("worker.image.digest=sha256:1", "worker.image.digest", "a digest has 64 digits")]
    [InlineData("worker.image.pullPolicy=Sometimes", "worker.image.pullPolicy", "there are three policies")]
    [InlineData("operator.replica=3", "replica", "a misspelt key is no key")]
    [InlineData("operators.replicas=3", "operators", "a misspelt section is no section")]
    [InlineData("operator.replicas=0", "operator.replicas", "no operator, no releases")]
    [InlineData("operator.replicas=two", "operator.replicas", "a number is wanted")]
    [InlineData("operator.parallel=0", "operator.parallel", "nothing would ever be looked at")]
    [InlineData("operator.resources.limits.memory=lots", "operator.resources.limits.memory", "no quantity")]
    [InlineData("operator.resources.limit.memory=1Gi", "limit", "limits are meant")]
    [InlineData("operator.extraArgs={a: b}", "operator.extraArgs", "a list is wanted")]
    [InlineData("operator.serviceAccount.name=Not_A_Name", "operator.serviceAccount.name", "no name of an object")]
    [InlineData("scope.namespaced=maybe", "scope.namespaced", "true or false")]
    [InlineData("tenant.name=", "tenant.name", "an object without a name")]
    [InlineData("tenant.spec.namespaces=default", "tenant.spec.namespaces", "a list is wanted")]
    [InlineData("networkPolicy.workers.ports=[70000]", "networkPolicy.workers.ports.0", "no port")]
    [InlineData("networkPolicy.workers.ports=[]", "networkPolicy.workers.ports", "an empty list of ports would mean all ports")]
    [InlineData("networkPolicy.workers.cidrs=[10.0.0.1]", "networkPolicy.workers.cidrs.0", "an address is no range")]
    [InlineData("metrics.serviceMonitor.interval=30", "metrics.serviceMonitor.interval", "a unit is wanted")]
    [InlineData("otlp.endpoint=collector:4317", "otlp.endpoint", "a URL is wanted, not the host and port of gRPC")]
    [InlineData("hooks.drain.timeoutSeconds=1", "hooks.drain.timeoutSeconds", "nothing drains in a second")]
    public async Task Schema_OfABadValue_RefusesItByItsPath(string set, string path, string because)
    {
        var flags = Rendered.Flags("images");

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Repository.EngAsync("chart", ["render", .. flags, "--set", set]), because);

        refusal.Message.ShouldContain(path, Case.Sensitive, because);
        refusal.Message.ShouldContain("schema");
    }

    [Theory]
    [InlineData("operator.podDisruptionBudget.minAvailable=2", "has to be less than operator.replicas")]
    [InlineData("metrics.service.enabled=false --set metrics.serviceMonitor.enabled=true", "metrics.serviceMonitor.enabled needs metrics.service.enabled")]
    [InlineData("metrics.service.enabled=false --set metrics.prometheusRule.enabled=true", "metrics.prometheusRule.enabled needs metrics.service.enabled")]
    public async Task Templates_OfValuesThatDoNotGoTogether_SaySo(string set, string says)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Repository.EngAsync("chart", ["render", .. Rendered.Flags("images"), .. $"--set {set}".Split(' ')]));

        refusal.Message.ShouldContain(says);
    }

    /// <summary>Exceptions are taken out of everything, each family of addresses by itself; the API server refuses any other.</summary>
    [Fact]
    public async Task WorkerPolicy_OfBothFamilies_ExceptsEachFromItsOwn()
    {
        var manifests = await Rendered.ChartAsync(
            "images", "--set", "networkPolicy.workers.cidrs=[0.0.0.0/0, \"::/0\", 10.0.0.0/8]", "--set", "networkPolicy.apiServer.cidrs=[10.0.0.1/32, \"fd00::1/128\"]", "--set", "otlp.endpoint=http://collector");

        var egress = manifests.Single(m => m is { Kind: "NetworkPolicy" } && m.Id.EndsWith("-workers", StringComparison.Ordinal)).Object["spec"]!["egress"]!.AsArray();

        var everything = """[{"ipBlock":{"cidr":"0.0.0.0/0","except":["169.254.0.0/16","10.0.0.1/32"]}},{"ipBlock":{"cidr":"::/0","except":["fd00::1/128"]}}""";
        egress.Select(rule => rule!["to"]?.ToJsonString()).ShouldBe(
            [null, everything + """,{"ipBlock":{"cidr":"10.0.0.0/8"}}]""", everything + "]"], "DNS anywhere; the collector wherever it is, but for the exceptions");
    }
}
