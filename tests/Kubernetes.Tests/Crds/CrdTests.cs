using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Bulkhead.Kubernetes.Tests.Crds;

/// <summary>The files of crds/ are the contract: complete, bounded, and the same as the C# types.</summary>
public sealed class CrdTests
{
    private const int MaxBytes = 256 * 1024;

    public static TheoryData<string, Type, Type, Type> Kinds => new()
    {
        { "WorkflowExecution", typeof(WorkflowExecutionEntity), typeof(WorkflowExecutionSpec), typeof(WorkflowExecutionStatus) },
        { "Workflow", typeof(WorkflowEntity), typeof(WorkflowSpec), typeof(WorkflowStatus) },
        { "Connection", typeof(ConnectionEntity), typeof(ConnectionSpec), typeof(ConnectionStatus) },
        { "Tenant", typeof(TenantEntity), typeof(TenantSpec), typeof(TenantStatus) },
    };

    public static TheoryData<string> Files => [.. CrdFile.All.Select(p => Path.GetFileName(p)!)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Schema_AndRecords_AgreeBothWays(string kind, Type entity, Type spec, Type status)
    {
        Agreement.Differences(spec, CrdFile.Part(kind, "spec"), "spec").ShouldBeEmpty();
        Agreement.Differences(status, CrdFile.Part(kind, "status"), "status").ShouldBeEmpty();
        entity.GetProperty("Spec")!.PropertyType.ShouldBe(spec);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_AndAttributes_Agree(string kind, Type entity, Type spec, Type status)
    {
        _ = (spec, status);
        var crd = CrdFile.For(kind)["spec"]!;
        var attribute = entity.GetCustomAttribute<KubernetesEntityAttribute>()!;
        (attribute.Group, attribute.ApiVersion, attribute.Kind, attribute.PluralName).ShouldBe(
            ((string)crd["group"]!, (string)crd["versions"]![0]!["name"]!, kind, (string)crd["names"]!["plural"]!));
        entity.GetCustomAttribute<KubernetesEntityShortNamesAttribute>()!.ShortNames.ShouldBe(
            crd["names"]!["shortNames"]!.AsArray().Select(n => (string)n!));
        (entity.GetCustomAttribute<EntityScopeAttribute>()?.Scope ?? EntityScope.Namespaced).ToString().ShouldBe((string)crd["scope"]!);
        crd["names"]!["categories"]!.AsArray().Select(n => (string)n!).ShouldBe(["bulkhead"]);
        crd["versions"]![0]!["subresources"]!["status"].ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Schema_EveryField_IsDescribedAndBounded(string file)
    {
        var path = CrdFile.All.Single(p => Path.GetFileName(p) == file);
        var faults = new List<string>();
        Walk(CrdFile.Schema(CrdFile.Read(path)), "", faults);

        faults.ShouldBeEmpty();
        new FileInfo(path).Length.ShouldBeLessThan(MaxBytes, "etcd takes no more, with room for managed fields");
    }

    [Theory]
    [InlineData("30s", true)]
    [InlineData("1h30m", true)]
    [InlineData("250ms", true)]
    [InlineData("1.5h", true)]
    [InlineData("90", true)]
    [InlineData("30 s", false)]
    [InlineData("-5s", false)]
    [InlineData("5x", false)]
    [InlineData("soon", false)]
    public void DurationPattern_AndLoader_Agree(string text, bool valid)
    {
        var pattern = (string)CrdFile.Part("WorkflowExecution", "spec")["properties"]!["timeouts"]!["properties"]!["queue"]!["pattern"]!;

        Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(valid);
        (Durations.Parse(text) is not null).ShouldBe(valid);
    }

    [Fact]
    public void Validations_ImmutableFields_AreAllButTheNamedOnes()
    {
        var spec = CrdFile.Part("WorkflowExecution", "spec");
        var rules = string.Join('\n', spec["x-kubernetes-validations"]!.AsArray().Select(r => (string)r!["rule"]!));
        string[] mutable = ["desiredState", "ttlSecondsAfterFinished", "timeouts", "release", "rerunToken"];

        foreach (var name in spec["properties"]!.AsObject().Select(p => p.Key))
            rules.Contains($"has(oldSelf.{name})", StringComparison.Ordinal).ShouldBe(!mutable.Contains(name), name);
    }

    private static void Walk(JsonNode schema, string path, List<string> faults)
    {
        if (path.Length > 0 && !path.EndsWith(']') && !path.EndsWith('}') && string.IsNullOrEmpty((string?)schema["description"]))
            faults.Add($"{path}: no description");
        var type = (string?)schema["type"];
        if (type == "string" && schema["maxLength"] is null && schema["enum"] is null && schema["format"] is null)
            faults.Add($"{path}: a string without bound");
        if (type == "array" && schema["maxItems"] is null)
            faults.Add($"{path}: a list without bound");
        if (schema["additionalProperties"] is { } values)
        {
            if (schema["maxProperties"] is null)
                faults.Add($"{path}: a map without bound");
            Walk(values, $"{path}{{}}", faults);
        }
        if (schema["items"] is { } items)
            Walk(items, $"{path}[]", faults);
        foreach (var (name, child) in schema["properties"]?.AsObject() ?? [])
            Walk(child!, $"{path}.{name}", faults);
    }
}
