using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Tenants;

namespace Bulkhead.Operator.Tests.Executions.Jobs;

/// <summary>What an old server lets through.</summary>
public sealed class SpecCheckTests
{
    private static readonly TenantOf Acme = new("acme", new TenantSpec());

    [Fact]
    public void Problems_ValidSpec_None() => SpecCheck.Problems(Spec(), Acme).ShouldBeEmpty();

    [Theory]
    [InlineData("""{}""", "INVALID_VALUE", "spec")]
    [InlineData("""{"workflow":{},"workflowRef":{"name":"x"}}""", "INVALID_VALUE", "spec")]
    [InlineData("""{"workflow":{},"inputs":[1]}""", "WRONG_TYPE", "spec.inputs")]
    [InlineData("""{"workflow":{},"inputs":"text"}""", "WRONG_TYPE", "spec.inputs")]
    [InlineData("""{"workflow":{},"retryPolicy":{"maxAttempts":0}}""", "INVALID_VALUE", "spec.retryPolicy.maxAttempts")]
    [InlineData("""{"workflow":{},"retryPolicy":{"maxAttempts":101}}""", "INVALID_VALUE", "spec.retryPolicy.maxAttempts")]
    [InlineData("""{"workflow":{},"retryPolicy":{"backoff":"soon"}}""", "INVALID_VALUE", "spec.retryPolicy.backoff")]
    [InlineData("""{"workflow":{},"timeouts":{"queue":"-1s"}}""", "INVALID_VALUE", "spec.timeouts.queue")]
    [InlineData("""{"workflow":{},"timeouts":{"active":""}}""", "INVALID_VALUE", "spec.timeouts.active")]
    [InlineData("""{"workflow":{},"release":{"graceful":"99999h"}}""", "INVALID_VALUE", "spec.release.graceful")]
    [InlineData("""{"workflow":{},"release":{"deadline":"1 minute"}}""", "INVALID_VALUE", "spec.release.deadline")]
    [InlineData("""{"workflow":{},"podTemplate":{"affinity":"near"}}""", "WRONG_TYPE", "spec.podTemplate.affinity")]
    [InlineData("""{"workflow":{},"podTemplate":{"affinity":{"nodeAffinity":7}}}""", "WRONG_TYPE", "spec.podTemplate.affinity")]
    [InlineData("""{"workflow":{},"podTemplate":{"tolerations":[{},7]}}""", "WRONG_TYPE", "spec.podTemplate.tolerations[1]")]
    [InlineData("""{"workflow":{},"podTemplate":{"tolerations":[null]}}""", "WRONG_TYPE", "spec.podTemplate.tolerations[0]")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"limits":{"memory":"lots"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.limits.memory")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"requests":{"cpu":"-1"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.requests.cpu")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"requests":{"gpu":"1"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.requests.gpu")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"limits":{"pods":"1"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.limits.pods")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"limits":{"Example.com/gpu":"1"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.limits.Example.com/gpu")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"requests":{"memory":"1Gi"},"limits":{"memory":"1G"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.requests.memory")]
    [InlineData("""{"workflow":{},"podTemplate":{"resources":{"requests":{"cpu":"1.001"},"limits":{"cpu":"1000m"}}}}""", "INVALID_VALUE", "spec.podTemplate.resources.requests.cpu")]
    [InlineData("""{"workflow":{},"podTemplate":{"metadata":{"labels":{"no blanks":"x"}}}}""", "INVALID_VALUE", "spec.podTemplate.metadata.labels")]
    [InlineData("""{"workflow":{},"podTemplate":{"metadata":{"labels":{"/x":"x"}}}}""", "INVALID_VALUE", "spec.podTemplate.metadata.labels")]
    [InlineData("""{"workflow":{},"podTemplate":{"metadata":{"labels":{"team":"blue!"}}}}""", "INVALID_VALUE", "spec.podTemplate.metadata.labels.team")]
    [InlineData("""{"workflow":{},"podTemplate":{"metadata":{"labels":{"team":"blue-"}}}}""", "INVALID_VALUE", "spec.podTemplate.metadata.labels.team")]
    [InlineData("""{"workflow":{},"podTemplate":{"metadata":{"annotations":{"a/b/c":"x"}}}}""", "INVALID_VALUE", "spec.podTemplate.metadata.annotations")]
    [InlineData("""{"workflow":{},"podTemplate":{"nodeSelector":{"disk":"very fast"}}}""", "INVALID_VALUE", "spec.podTemplate.nodeSelector.disk")]
    [InlineData("""{"workflow":{},"podTemplate":{"nodeSelector":{"":"x"}}}""", "INVALID_VALUE", "spec.podTemplate.nodeSelector")]
    [InlineData("""{"workflow":{},"concurrencyPolicy":"Forbid"}""", "INVALID_VALUE", "spec.concurrencyPolicy")]
    [InlineData("""{"workflowRef":{"name":"globex/theirs"}}""", "REFERENCE_TO_ANOTHER_NAMESPACE", "spec.workflowRef.name")]
    [InlineData("""{"workflow":{},"tenantId":"mallory"}""", "TENANT_CONFLICT", "spec.tenantId")]
    [InlineData("""{"workflow":{},"podTemplate":{"image":"evil"}}""", "IMAGE_NOT_ALLOWED", "spec.podTemplate.image")]
    [InlineData("""{"workflow":{},"podTemplate":{"serviceAccountName":"root"}}""", "SERVICE_ACCOUNT_NOT_ALLOWED", "spec.podTemplate.serviceAccountName")]
    public void Problems_Fault_HasCodeAndPath(string spec, string code, string path)
    {
        var problem = SpecCheck.Problems(Read(spec), Acme).ShouldHaveSingleItem();

        problem.Code.ShouldBe(code);
        problem.Path.ShouldBe(path);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "TOO_DEEP spec.inputs")]
    [InlineData(900, "TOO_DEEP spec.inputs")]
    public void Problems_DeepInputs_AreBounded(int levels, string? fault)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

        var problem = SpecCheck.Problems(Read($$"""{"workflow":{},"inputs":{{nested}}}"""), Acme).SingleOrDefault();

        (problem is null ? null : $"{problem.Code} {problem.Path}").ShouldBe(fault);
    }

    [Theory]
    [InlineData("""{"metadata":{"labels":{"team":"","app.kubernetes.io/part-of":"a.b_c-D","X":"7"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"Example.com/Note":"any text, at all","sidecar.istio.io/inject":"false"}}}""")]
    [InlineData("""{"nodeSelector":{"kubernetes.io/hostname":"node-1","disk":""}}""")]
    [InlineData("""{"resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"cpu":"0.1","memory":"64Mi","ephemeral-storage":"1Gi"}}}""")]
    [InlineData("""{"resources":{"requests":{"example.com/gpu":"1","hugepages-2Mi":"4Mi","cpu":"1e2"},"limits":{"example.com/gpu":"1","hugepages-2Mi":"4Mi","cpu":"0.1k"}}}""")]
    [InlineData("""{"resources":{"requests":{"memory":"999999999999999Ei"},"limits":{"memory":"999999999999999e99"}}}""")]
    public void Problems_TemplateThatAServerTakes_None(string template) =>
        SpecCheck.Problems(Read($$"""{"workflow":{},"podTemplate":{{template}} }"""), Acme).ShouldBeEmpty();

    [Theory]
    [InlineData(63, 0)]
    [InlineData(64, 1)]
    public void Problems_LengthOfALabel_AtMost63(int length, int faults)
    {
        var text = new string('x', length);

        foreach (var (key, value) in new[] { ("a", text), ($"example.com/{text}", "a") })
        {
            var spec = Spec() with { PodTemplate = new PodTemplate { NodeSelector = new Dictionary<string, string> { [key] = value } } };
            SpecCheck.Problems(spec, Acme).Count.ShouldBe(faults, key);
        }
    }

    [Fact]
    public void Problems_SeveralFaults_AreAllTold() =>
        SpecCheck.Problems(Read("""{"inputs":[],"timeouts":{"queue":"x","active":"y"},"tenantId":"z"}"""), Acme).Count.ShouldBe(5);

    [Fact]
    public void Problems_TenantsOwnDefaults_AreCheckedToo() =>
        SpecCheck.Problems(Spec(), new TenantOf("acme", new TenantSpec { WorkerDefaults = new PodTemplate { Affinity = JsonElement.Parse("7") } }))
            .ShouldHaveSingleItem().Path.ShouldBe("spec.podTemplate.affinity");

    [Fact]
    public void Problems_WhatTheTenantAllows_IsNone() =>
        SpecCheck.Problems(
            Read("""{"workflow":{},"tenantId":"acme","podTemplate":{"image":"good","serviceAccountName":"sa"}}"""),
            new TenantOf("acme", new TenantSpec { AllowedImages = ["good"], AllowedServiceAccounts = ["sa"] })).ShouldBeEmpty();

    private static WorkflowExecutionSpec Spec() => new() { Workflow = Given.Workflow };

    private static WorkflowExecutionSpec Read(string json) => JsonSerializer.Deserialize(json, ResourceJson.Default.WorkflowExecutionSpec)!;
}
