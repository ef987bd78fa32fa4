using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Jobs;

namespace Bulkhead.Operator.Tests.Executions.Jobs;

public sealed class TemplatesTests
{
    private static readonly PodTemplate Full = Template("full");

    [Fact]
    public void Merge_OneSideIsMissing_IsTheOther()
    {
        Templates.Merge(null, null).ShouldBe(new PodTemplate());
        Templates.Merge(Full, null).ShouldBeSameAs(Full);
        Templates.Merge(null, Full).ShouldBeSameAs(Full);
        Text(Templates.Merge(Full, new PodTemplate())).ShouldBe(Text(Full));
        Text(Templates.Merge(new PodTemplate(), Full)).ShouldBe(Text(Full));
    }

    [Fact]
    public void Merge_BothSides_MapsAreMergedAndTheRestIsReplaced()
    {
        var merged = Templates.Merge(Template("under"), Template("over"));

        merged.Metadata!.Labels.ShouldBe(new Dictionary<string, string> { ["both"] = "over", ["under"] = "x", ["over"] = "x" }, ignoreOrder: true);
        merged.Metadata.Annotations!["both"].ShouldBe("over");
        merged.Resources!.Requests!["both"].ShouldBe("over");
        merged.Resources.Limits!.Keys.ShouldBe(["both", "under", "over"], ignoreOrder: true);
        merged.NodeSelector!.Keys.ShouldBe(["both", "under", "over"], ignoreOrder: true);
        merged.Affinity!.Value.GetString().ShouldBe("over");
        merged.Tolerations!.ShouldHaveSingleItem().GetString().ShouldBe("over");
        merged.PriorityClassName.ShouldBe("over");
        merged.RuntimeClassName.ShouldBe("over");
        merged.ImagePullSecrets!.ShouldHaveSingleItem().Name.ShouldBe("over");
        merged.Image.ShouldBe("over");
        merged.ServiceAccountName.ShouldBe("over");
    }

    private static PodTemplate Template(string value)
    {
        var map = new Dictionary<string, string> { ["both"] = value, [value] = "x" };
        return new PodTemplate
        {
            Metadata = new PodTemplateMetadata { Labels = map, Annotations = map },
            Resources = new PodResources { Requests = map, Limits = map },
            NodeSelector = map,
            Affinity = JsonSerializer.SerializeToElement(value),
            Tolerations = [JsonSerializer.SerializeToElement(value)],
            PriorityClassName = value,
            RuntimeClassName = value,
            ImagePullSecrets = [new NameReference { Name = value }],
            Image = value,
            ServiceAccountName = value,
        };
    }

    private static string Text(PodTemplate template) => JsonSerializer.Serialize(template, ResourceJson.Default.PodTemplate);
}
