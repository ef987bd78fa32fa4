using System.Text.Json;
using Bulkhead.Api.Schemas;
using Bulkhead.Api.Text;

namespace Bulkhead.Engine.Tests.Reference;

public sealed class WorkflowSchemaTests
{
    [Fact]
    public void File_IsWhatTheCommandPrints() => Pages.Compare("schemas/workflow.schema.json", WorkflowSchema.Text);

    [Fact]
    public void Schema_KnowsEveryFieldOfTheExamples()
    {
        var schema = JsonElement.Parse(WorkflowSchema.Text);
        var (root, definitions) = (schema.GetProperty("properties"), schema.GetProperty("$defs"));
        foreach (var file in Directory.GetFiles(Path.Combine(Pages.Root, "examples", "language")))
        {
            var document = SourceText.Read(File.ReadAllText(file)).Documents.ShouldHaveSingleItem().ToJson();
            Known(document, root).ShouldBeEmpty(file);
            foreach (var node in Items(document, "nodes").Concat(Items(document, "finally"))) Known(node, definitions.GetProperty("node").GetProperty("properties")).ShouldBeEmpty(file);
            foreach (var edge in Items(document, "edges")) Known(edge, definitions.GetProperty("edge").GetProperty("properties")).ShouldBeEmpty(file);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement document, string list) =>
        document.TryGetProperty(list, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>The fields that the schema does not know.</summary>
    private static IEnumerable<string> Known(JsonElement value, JsonElement properties) =>
        value.EnumerateObject().Select(p => p.Name).Where(name => !properties.TryGetProperty(name, out _));
}
