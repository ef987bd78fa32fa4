using System.Text.Json.Nodes;
using Bulkhead.Chart.Tests.Rendering;

namespace Bulkhead.Chart.Tests.GitOps;

/// <summary>What Argo CD, and whoever reads kstatus (Flux, kubectl wait, kpt), make of recorded objects.</summary>
public sealed class HealthTests
{
    /// <summary>File, Argo CD's health, what its message holds, kstatus.</summary>
    public static TheoryData<string, string, string, string> Table => new()
    {
        { "execution-new", "Progressing", "No operator", "InProgress" },
        { "execution-edited", "Progressing", "No operator", "InProgress" },
        { "execution-waiting", "Progressing", "WorkflowMissing", "InProgress" },
        { "execution-pending", "Progressing", "", "InProgress" },
        { "execution-running", "Progressing", "Running", "InProgress" },
        { "execution-credentials-missing", "Degraded", "CredentialsMissing", "InProgress" },
        { "execution-succeeded", "Healthy", "Completed", "Current" },
        { "execution-failed", "Degraded", "", "Failed" },
        { "execution-invalid", "Degraded", "Invalid", "Failed" },
        { "execution-suspended", "Suspended", "Suspended", "InProgress" },
        { "execution-terminated", "Healthy", "Terminated", "Current" },
        { "execution-deleting", "Progressing", "", "Terminating" },
        { "workflow-valid", "Healthy", "", "Current" },
        { "workflow-invalid", "Degraded", "", "Current" },
        { "connection-ready", "Healthy", "", "Current" },
        { "tenant-ready", "Healthy", "", "Current" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Health_OfARecordedObject_IsWhatItMeans(string name, string health, string message, string kstatus)
    {
        var recorded = Recorded.Read(name);
        var script = (string)recorded["kind"]! == "WorkflowExecution" ? "execution-health.lua" : "definition-health.lua";

        var answer = Script.Run(Repository.Read("config", "gitops", "argocd", script), recorded)!;

        ((string?)answer["status"]).ShouldBe(health, (string?)answer["message"]);
        ((string?)answer["message"])!.ShouldContain(message);
        Kstatus.Of(recorded).ShouldBe(kstatus);
    }

    [Fact]
    public void Table_OfRecordings_LeavesNoneOut() => Recorded.Names.ShouldBe(Table.Select(row => (string)row[0]!).Order());

    [Theory]
    [InlineData("execution-running", "suspend,stop,terminate")]
    [InlineData("execution-suspended", "resume,stop,terminate")]
    [InlineData("execution-succeeded", "")]
    [InlineData("execution-new", "suspend,stop,terminate")]
    public void Actions_OfARecordedExecution_AreThoseThatMakeSense(string name, string enabled)
    {
        var answer = Script.Run((string)Actions["discovery.lua"]!, Recorded.Read(name))!.AsObject();

        var open = answer.Where(a => !(bool)a.Value!["disabled"]!).Select(a => a.Key).Order();
        string.Join(',', open).ShouldBe(string.Join(',', enabled.Split(',').Order()));
        answer.Select(a => a.Key).Order().ShouldBe(Definitions.Select(d => (string)d["name"]!).Order());
    }

    [Theory]
    [InlineData("suspend", "Suspended")]
    [InlineData("resume", "Running")]
    [InlineData("stop", "Stopped")]
    [InlineData("terminate", "Terminated")]
    public void Action_OnAnExecution_ChangesDesiredStateAlone(string action, string wanted)
    {
        var before = Recorded.Read("execution-running");

        var after = Script.Run((string)Definitions.Single(d => (string)d["name"]! == action)["action.lua"]!, before)!;

        ((string?)after["spec"]!["desiredState"]).ShouldBe(wanted);
        after["spec"]!.AsObject().Remove("desiredState");
        after["spec"]!.AsObject().Select(p => p.Key).Order().ShouldBe(before["spec"]!.AsObject().Select(p => p.Key).Where(k => k != "desiredState").Order());
        ((string?)after["metadata"]!["name"]).ShouldBe((string?)before["metadata"]!["name"]);
    }

    private static JsonNode Actions => YamlText.Documents(Repository.Read("config", "gitops", "argocd", "execution-actions.yaml")).Single();

    private static IEnumerable<JsonNode> Definitions => Actions["definitions"]!.AsArray().Select(d => d!);
}
