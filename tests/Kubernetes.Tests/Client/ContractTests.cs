using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Kubernetes.Tests.Client;

/// <summary>What is read is what is written, field by field, by generated code; by reflection where there is none.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Entities = [typeof(ConnectionEntity), typeof(TenantEntity), typeof(WorkflowEntity), typeof(WorkflowExecutionEntity)];

    public static TheoryData<Type> All =>
        [.. typeof(V1Pod).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(KubernetesModel))).OrderBy(t => t.Name), .. Entities];

    [Theory]
    [MemberData(nameof(All))]
    public void Json_EveryField_SurvivesReadAndWrite(Type type)
    {
        var sample = SampleJson.Of(type);

        var written = JsonSerializer.SerializeToNode(sample.Deserialize(type, KubernetesJson.Options), type, KubernetesJson.Options);

        JsonNode.DeepEquals(written, sample).ShouldBeTrue($"{sample}\nwas written as\n{written}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Json_EveryType_HasAGeneratedContract(Type type) => SampleJson.Reachable(type)
        .Where(c => c.Kind == JsonTypeInfoKind.Object && c.OriginatingResolver is not JsonSerializerContext).Select(c => c.Type).ShouldBeEmpty();

    [Fact]
    public void Json_Entity_IsReadAlikeByReflection()
    {
        var reflection = new JsonSerializerOptions(KubernetesJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        foreach (var type in Entities)
        {
            foreach (var json in new JsonNode[] { SampleJson.Of(type), SparseSample(type) })
            {
                var read = json.Deserialize(type, reflection);

                JsonSerializer.SerializeToNode(json.Deserialize(type, KubernetesJson.Options), type, KubernetesJson.Options)!.ToJsonString()
                    .ShouldBe(JsonSerializer.SerializeToNode(read, type, reflection)!.ToJsonString(), type.Name);
            }
        }
    }

    [Fact]
    public void Json_EntityWithoutAContext_IsReadByReflection()
    {
        const string Text = """{"apiVersion":"a/v1","kind":"Undeclared","metadata":{"name":"u","later":1},"spec":{"size":3},"status":{"seen":true}}""";

        var read = KubernetesJson.Deserialize<Undeclared>(Text);

        (read.Spec.Size, read.Status.Seen, read.Metadata.Name).ShouldBe((3, true, "u"));
        JsonNode.DeepEquals(JsonNode.Parse(KubernetesJson.Serialize(read)), JsonNode.Parse(Text)).ShouldBeTrue();
        KubernetesJson.Options.GetTypeInfo(typeof(Undeclared)).OriginatingResolver.ShouldBeOfType<DefaultJsonTypeInfoResolver>();
    }

    /// <summary>Only what is required.</summary>
    private static JsonObject SparseSample(Type type)
    {
        var sample = SampleJson.Of(type).AsObject();
        var spec = KubernetesJson.Options.GetTypeInfo(type).Properties.Single(p => p.Name == "spec").PropertyType;
        foreach (var property in KubernetesJson.Options.GetTypeInfo(spec).Properties.Where(p => !p.IsRequired))
            sample["spec"]!.AsObject().Remove(property.Name);
        sample.Remove("status");
        return sample;
    }

    private sealed class Undeclared : CustomKubernetesEntity<Undeclared.UndeclaredSpec, Undeclared.UndeclaredStatus>
    {
        public sealed record UndeclaredSpec
        {
            public int Size { get; set; }
        }

        public sealed record UndeclaredStatus
        {
            public bool Seen { get; set; }
        }
    }
}
