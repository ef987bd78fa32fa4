using System.Text;
using System.Text.Json;
using Bulkhead.Cli.Cluster.Submitting;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class SubmitInputTests
{
    private const string Document = "name: Year Report\nnodes:\n  - {name: one, run: \"return {}\"}\n";
    private const string Manifest = """
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: hello, namespace: acme, labels: {team: a}}
        spec:
          inputs: {a: 1, b: 2}
        """;

    private const string Inline = Manifest + "\n  workflow: {name: w, nodes: [{name: one, run: \"return {}\"}]}\n";
    private static readonly Dictionary<string, JsonElement> None = [];

    [Fact]
    public void Read_BareDocument_IsWrappedUnderANameOfItsOwn()
    {
        var input = Read(Document);

        input.Problems.ShouldBeEmpty();
        input.Metadata.GenerateName.ShouldBe("year-report-");
        input.Spec.Workflow!.Value.GetProperty("name").GetString().ShouldBe("Year Report");
    }

    [Fact]
    public void Read_Manifest_IsTakenAsWritten_OptionsWin()
    {
        var input = SubmitInput.Read(Encoding.UTF8.GetBytes(Inline), new Dictionary<string, JsonElement> { ["b"] = JsonElement.Parse("3") }, "other");

        input.Problems.ShouldBeEmpty();
        (input.Metadata.Name, input.Metadata.Namespace, input.Metadata.Labels!["team"]).ShouldBe(("other", "acme", "a"));
        input.Spec.Inputs!.Value.GetRawText().ShouldBe("""{"a":1,"b":3}""");
    }

    [Fact]
    public void Read_WorkflowRef_IsTheClustersToFind()
    {
        var input = Read(Manifest + "\n  workflowRef: {name: report}\n");

        input.Problems.ShouldBeEmpty();
        input.Spec.WorkflowRef!.Name.ShouldBe("report");
    }

    [Fact]
    public void Read_OtherDocuments_AreSaidNotToBeSubmitted()
    {
        var input = Read(Inline + "---\napiVersion: bulkhead.dev/v1alpha1\nkind: Connection\nmetadata: {name: db}\nspec: {type: postgres}\n");

        input.Problems.ShouldBeEmpty();
        input.Warnings.ShouldHaveSingleItem().Message.ShouldContain("1 more document, which kubectl apply creates");
    }

    [Theory]
    [InlineData("name: x\nnodes:\n  - {name: one, rum: \"return {}\"}\n", null, "UNKNOWN_FIELD", 3, "a typo in the document")]
    [InlineData("name: x\nnodes:\n  - {name: one, run: \"return {\"}\n", null, "LUA_SYNTAX", 3, "a script that does not compile")]
    [InlineData(Document, "No_Name", "INVALID_NAME", null, "a name that Kubernetes refuses")]
    [InlineData("a: [", null, "INVALID_YAML", 2, "no YAML")]
    public void Read_Fault_IsFoundBeforeTheClusterIsAsked(string text, string? name, string code, int? line, string because)
    {
        var problem = SubmitInput.Read(Encoding.UTF8.GetBytes(text), None, name).Problems.ShouldHaveSingleItem(because);
        problem.Code.ShouldBe(code, problem.Message);
        problem.Line.ShouldBe(line, because);
    }

    [Fact]
    public void Read_DocumentTooLargeForAManifest_IsRefused()
    {
        var nodes = Enumerable.Range(0, 300).Select(i => $"  - {{name: n{i}, run: \"return {{x = '{new string('x', 1000)}'}}\"}}\n");
        var large = $"name: x\nnodes:\n{string.Concat(nodes)}";

        Read(large).Problems.ShouldHaveSingleItem().Code.ShouldBe("DOCUMENT_TOO_LARGE");
    }

    private static SubmitInput Read(string text) => SubmitInput.Read(Encoding.UTF8.GetBytes(text), None, null);
}
