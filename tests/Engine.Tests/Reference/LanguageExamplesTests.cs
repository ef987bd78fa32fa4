using System.Text.Json;
using System.Text.RegularExpressions;
using Bulkhead.Api.Contract;
using Bulkhead.Testing.Running;

namespace Bulkhead.Engine.Tests.Reference;

/// <summary>Every example of the language runs, and the reference shows the examples as they are.</summary>
public sealed partial class LanguageExamplesTests
{
    [Theory]
    [InlineData("goto", "done", "\"large\"")]
    [InlineData("parallel", "total", "500")]
    [InlineData("parallel", "audited", "false")]
    [InlineData("retry", "tries", "3")]
    [InlineData("errors", "because", "\"primary\"")]
    [InlineData("loop", "steps", "111")]
    [InlineData("fan-out", "lines", """["ship e5d5b971","wall 4d8aaa64","sea 4a69f19c"]""")]
    [InlineData("templates", "letter", """{"count":2,"note":"an","tags":["new","vip"],"text":"Hello, ANN!","where":"render"}""")]
    [InlineData("budget", "why", "\"COST_ERROR\"")]
    [InlineData("budget", "done", "false")]
    [InlineData("finally", "tidied", "true")]
    [InlineData("breaker", "errors", """["closed","open","open"]""")]
    [InlineData("breaker", "last", "\"Circuit breaker open\"")]
    public async Task Example_Runs_ToItsState(string example, string field, string expected)
    {
        var ran = (await LocalRun.Of(Pages.Read($"examples/language/{example}.yaml"))).Succeeded();
        JsonElement.DeepEquals(ran[field], JsonElement.Parse(expected)).ShouldBeTrue(ran[field].GetRawText());
    }

    [Fact]
    public async Task Dependencies_Runs_ToItsOutput()
    {
        var ran = await LocalRun.Of(Pages.Read("examples/language/dependencies.yaml"));
        ran.Succeeded()["nodes"].GetProperty("report").GetProperty("output").GetRawText().ShouldBe("""{"answer":42}""");
    }

    [Fact]
    public async Task Interrupt_Suspends_ThenEnds()
    {
        var document = Pages.Read("examples/language/interrupt.yaml");
        var paused = await LocalRun.Of(document);
        paused.Result.Phase.ShouldBe(ExecutionPhase.Suspended);
        var resumed = await new LocalRun { Inputs = """{"approver": "Ann"}""", Change = job => job with { Resume = paused.Result.Checkpoint } }.RunAsync(document);
        resumed.Succeeded()["published"].GetString().ShouldBe("All is well, says Ann");
    }

    [Fact]
    public void Reference_ShowsEveryExampleAsItIs()
    {
        var page = Pages.Read("docs/workflow-language.md");
        var shown = Snippet().Matches(page).ToDictionary(m => m.Groups["file"].Value, m => m.Groups["text"].Value, StringComparer.Ordinal);
        var files = Directory.GetFiles(Path.Combine(Pages.Root, "examples", "language")).Select(f => $"examples/language/{Path.GetFileName(f)}");
        shown.Keys.Order(StringComparer.Ordinal).ShouldBe(files.Order(StringComparer.Ordinal));
        shown.ShouldAllBe(snippet => Pages.Read(snippet.Key) == snippet.Value);
    }

    [GeneratedRegex(@"^<!-- (?<file>examples/language/[a-z-]+\.yaml) -->\n```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snippet();
}
