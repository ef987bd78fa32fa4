using System.Text.Json;
using k8s;
using k8s.Models;

namespace Bulkhead.Kubernetes.Tests.Client;

public sealed class ModelTests
{
    public static TheoryData<Type> Models =>
        [.. typeof(V1Pod).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(KubernetesModel))).OrderBy(t => t.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Json_EveryModel_KeepsWhatItDoesNotName(Type model)
    {
        const string Text = """{"fieldOfTomorrow":{"x":[1,null,""]}}""";

        var read = JsonSerializer.Deserialize(Text, model, KubernetesJson.Options);

        JsonSerializer.Serialize(read, model, KubernetesJson.Options).ShouldContain(Text[1..^1]);
    }

    [Fact]
    public void Json_FieldsThatTheModelDoesNotName_ComeBack()
    {
        const string Text = """{"metadata":{"name":"a","ghost":{"x":[1]}},"spec":{"containers":[{"name":"c","tomorrow":true}],"hostUsers":false}}""";

        var pod = KubernetesJson.Deserialize<V1Pod>(Text);

        KubernetesJson.Serialize(KubernetesJson.Deserialize<V1Pod>(KubernetesJson.Serialize(pod))).ShouldBe(KubernetesJson.Serialize(pod));
        KubernetesJson.Serialize(pod).ShouldContain("\"hostUsers\":false");
        KubernetesJson.Serialize(pod).ShouldContain("\"ghost\":{\"x\":[1]}");
        KubernetesJson.Serialize(pod).ShouldContain("\"tomorrow\":true");
    }

    [Fact]
    public void Json_Times_AreWrittenAsTheServerReadsThem()
    {
        var time = new DateTime(2026, 11, 20, 1, 2, 3, 456, DateTimeKind.Utc);

        KubernetesJson.Serialize(new V1LeaseSpec { RenewTime = time }).ShouldBe("""{"renewTime":"2026-11-20T01:02:03.456000Z"}""");
        KubernetesJson.Serialize(new V1ObjectMeta { CreationTimestamp = time }).ShouldBe("""{"creationTimestamp":"2026-11-20T01:02:03Z"}""");
    }

    [Theory]
    [InlineData("250m", 0.25)]
    [InlineData("64Mi", 67108864)]
    [InlineData("2", 2)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5Gi", 1610612736)]
    [InlineData("3E", 3e18)]
    public void ResourceQuantity_Text_Value(string text, double value) => ((double)new ResourceQuantity(text).ToDecimal()).ShouldBe(value);

    [Fact]
    public void ResourceQuantity_SameValue_IsEqualAndKeepsItsText()
    {
        (new ResourceQuantity("1000m") == new ResourceQuantity("1")).ShouldBeTrue();
        KubernetesJson.Serialize(new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = "1000m" } })
            .ShouldBe("""{"limits":{"cpu":"1000m"}}""");
    }

    [Theory]
    [InlineData("80", "80")]
    [InlineData("http", "\"http\"")]
    [InlineData("10%", "\"10%\"")]
    public void IntOrString_Text_IsANumberWhereItReadsAsOne(string text, string json) =>
        KubernetesJson.Serialize(new V1TCPSocketAction { Port = text }).ShouldBe($$"""{"port":{{json}}}""");
}
