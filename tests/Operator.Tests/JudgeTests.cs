using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Connections;
using Bulkhead.Operator.Tenants;
using Bulkhead.Operator.Workflows;
using k8s.Models;

namespace Bulkhead.Operator.Tests;

/// <summary>What the operator says of Workflows, Connections and Tenants.</summary>
public sealed class JudgeTests
{
    [Theory]
    [InlineData("""{"name":"x","nodes":[{"name":"a","run":"return {}"}],"edges":[]}""", "True", "Valid", "StateGraph")]
    [InlineData("""{"nodes":[{"id":"a","type":"lua","code":"return 1"}]}""", null, null, null)]
    [InlineData("""{"name":"x","nodes":[]}""", "False", "Invalid", null)]
    [InlineData("""{"name":"x","nodse":[]}""", "False", "Invalid", null)]
    [InlineData("""[]""", "False", "Invalid", null)]
    [InlineData("""null""", "False", "Invalid", null)]
    public void Workflow_Document_IsJudged(string document, string? valid, string? reason, string? dialect)
    {
        var status = WorkflowController.Judge(new WorkflowEntity { Metadata = Meta("w"), Spec = new WorkflowSpec { Workflow = JsonElement.Parse(document) } }, Given.Now);

        var condition = status.Conditions.ShouldHaveSingleItem();
        condition.Type.ShouldBe("Valid");
        condition.ObservedGeneration.ShouldBe(3);
        status.ObservedGeneration.ShouldBe(3);
        if (valid is null) return;
        condition.Status.ShouldBe(valid);
        condition.Reason.ShouldBe(reason);
        status.Plan?.Dialect.ShouldBe(dialect);
        if (valid == "False") condition.Message.ShouldContain("ERROR ");
    }

    [Theory]
    [InlineData("""{"type":"postgres","secretRef":{"name":"s"}}""", "True", "Valid", "")]
    [InlineData("""{"type":"http","id":5}""", "True", "Valid", "")]
    [InlineData("""{"type":"postgres","active":false}""", "False", "Inactive", "switched off")]
    [InlineData("""{"type":"oracle"}""", "False", "Invalid", "UNKNOWN_CONNECTION_TYPE at spec.type")]
    [InlineData("""{"type":"http","id":[1]}""", "False", "Invalid", "WRONG_TYPE at spec.id")]
    [InlineData("""{"type":"http","config":"x"}""", "False", "Invalid", "WRONG_TYPE at spec.config")]
    [InlineData("""{"type":"postgres","pooling":"transaction"}""", "False", "Invalid", "POOLING_REFUSED at spec.pooling")]
    [InlineData("""{"type":"postgres","pooling":"transaction","release":{"endpoint":{"host":"db"}}}""", "True", "Valid", "")]
    [InlineData("""{"type":"oracle","id":[],"config":7}""", "False", "Invalid", "WRONG_TYPE at spec.config")]
    public void Connection_Spec_IsJudged(string spec, string ready, string reason, string message)
    {
        var condition = Judge(spec).Conditions.ShouldHaveSingleItem();

        condition.Type.ShouldBe("Ready");
        condition.Status.ShouldBe(ready);
        condition.Reason.ShouldBe(reason);
        condition.Message.ShouldContain(message);
        condition.ObservedGeneration.ShouldBe(3);
    }

    [Fact]
    public void Connection_WhatWorksButNotAsWellAsItCould_IsAWarning()
    {
        Judge("""{"type":"postgres"}""").Warnings!.ShouldHaveSingleItem().ShouldStartWith("No secretRef");
        Judge("""{"type":"http","pooling":"session"}""").Warnings!.ShouldHaveSingleItem().ShouldStartWith("A session pooler");
        Judge("""{"type":"http","global":true}""").Warnings!.ShouldHaveSingleItem().ShouldStartWith("global counts only");
        Judge("""{"type":"http"}""").Warnings.ShouldBeNull();
    }

    [Fact]
    public void Connection_JudgedAgain_KeepsTheTransitionTime()
    {
        var entity = new ConnectionEntity { Metadata = Meta("c"), Spec = new ConnectionSpec { Type = "http" } };
        entity.Status = ConnectionController.Judge(entity, isShared: false, Given.Now);

        ConnectionController.Judge(entity, isShared: false, Given.Now.AddHours(1)).Conditions![0].LastTransitionTime.ShouldBe(Given.Now);
    }

    [Fact]
    public void Tenant_NamespaceClaimedTwice_IsNotReady()
    {
        var (a, b, c) = (Tenant("a", "one", "two"), Tenant("b", "two"), Tenant("c", "three"));

        var condition = TenantController.Judge(a, [a, b, c], Given.Now).Conditions.ShouldHaveSingleItem();
        condition.Status.ShouldBe("False");
        condition.Reason.ShouldBe("NamespaceClaimedTwice");
        condition.Message.ShouldBe("Executions there are refused: two (also of b).");
        TenantController.Judge(c, [a, b, c], Given.Now).Conditions![0].Status.ShouldBe("True");
    }

    [Theory]
    [InlineData(63, "True", "Valid")]
    [InlineData(64, "False", "NameTooLong")]
    public void Tenant_LengthOfItsName_AsLongAsAStatusHolds(int length, string ready, string reason)
    {
        var name = new string('x', length);

        var condition = TenantController.Judge(Tenant(name, "one"), [], Given.Now).Conditions.ShouldHaveSingleItem();

        condition.Status.ShouldBe(ready);
        condition.Reason.ShouldBe(reason);
        var found = TenantOf.Namespace("one", null, [(name, Claims("one"))]);
        (found.Id, found.Problem?.Code).ShouldBe(ready == "True" ? (name, null) : (null, "TENANT_NAME_TOO_LONG"));
    }

    [Theory]
    [InlineData("three", null, "c", "the Tenant that lists it")]
    [InlineData("three", "label", "c", "a Tenant counts before the label")]
    [InlineData("four", "label", "label", "the label where no Tenant lists it")]
    [InlineData("four", "", "four", "else the namespace")]
    [InlineData("four", null, "four", "else the namespace")]
    [InlineData("two", "label", null, "two Tenants list it: nobody can tell")]
    public void TenantOf_Namespace_OneOwnerOrNone(string ns, string? label, string? expected, string because)
    {
        var found = TenantOf.Namespace(ns, label, [("a", Claims("one", "two")), ("b", Claims("two")), ("c", Claims("three")), ("d", new TenantSpec())]);

        found.Id.ShouldBe(expected, because);
        (found.Problem is not null).ShouldBe(expected is null);
        if (expected is null) found.Problem!.Message.ShouldEndWith("several tenants: a, b");
    }

    private static ConnectionStatus Judge(string spec) => ConnectionController.Judge(
        new ConnectionEntity { Metadata = Meta("c"), Spec = JsonSerializer.Deserialize(spec, ResourceJson.Default.ConnectionSpec)! }, isShared: false, Given.Now);

    private static TenantEntity Tenant(string name, params string[] namespaces) => new() { Metadata = Meta(name), Spec = Claims(namespaces) };

    private static TenantSpec Claims(params string[] namespaces) => new() { Namespaces = namespaces };

    private static V1ObjectMeta Meta(string name) => new() { Name = name, NamespaceProperty = "acme", Generation = 3 };
}
