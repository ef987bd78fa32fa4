using System.Text.Json;
using Bulkhead.Cli.Cluster;
using Bulkhead.Cli.Cluster.Describing;
using k8s.Models;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class DescriptionTests
{
    private static readonly string[] Log =
    [
        """{"type":"node_start","timestamp":"2026-11-28T01:29:50Z","execution_id":"x","node":"fetch","node_type":"sql"}""",
        """{"type":"node_complete","timestamp":"2026-11-28T01:29:51Z","execution_id":"x","node":"fetch","duration_ms":1000}""",
        """{"type":"node_start","timestamp":"2026-11-28T01:29:52Z","execution_id":"x","node":"north","branch":"north","node_type":"lua"}""",
        """{"type":"node_start","timestamp":"2026-11-28T01:29:52Z","execution_id":"x","node":"south","branch":"south","node_type":"lua"}""",
        """{"type":"node_error","timestamp":"2026-11-28T01:29:53Z","execution_id":"x","node":"south","branch":"south","error":"no","error_type":"LuaError","duration_ms":1000}""",
        "not an event",
    ];

    private static readonly Corev1Event[] Events =
    [
        new() { Reason = "Running", Type = "Normal", Message = "The worker runs.", Count = 1, LastTimestamp = new DateTime(2026, 11, 28, 1, 0, 8, DateTimeKind.Utc) },
        new() { Reason = "PodPending", Type = "Normal", Message = "The worker pod is on its way.", Count = 2, LastTimestamp = new DateTime(2026, 11, 28, 1, 0, 6, DateTimeKind.Utc) },
    ];

    [Theory]
    [InlineData("new")]
    [InlineData("waiting")]
    [InlineData("running")]
    [InlineData("failed")]
    [InlineData("deleting")]
    public void Description_OfARecordedStatus_IsTheApprovedOne(string name)
    {
        var execution = Recordings.Execution(name);
        var lines = execution.Status?.Nodes?.Rows is { } rows ? NodeLines.Of(rows)
            : NodeLines.Of(name == "running" ? Log.Select(WorkerLine.Event).OfType<Api.Contract.ExecutionEvent>() : [], Recordings.Now);

        Approved.Verify("Cli.Tests", $"describe-{name}.txt", Recordings.Draw(Description.Of(execution, lines, name == "running" ? Events : [], Recordings.Now)));
    }

    [Fact]
    public void Table_OfRecordedStatuses_IsTheApprovedOne() => Approved.Verify(
        "Cli.Tests", "list.txt",
        Recordings.Draw(ExecutionTable.Of(new[] { "new", "waiting", "running", "failed", "deleting" }.Select(Recordings.Execution), withNamespace: true, Recordings.Now)));

    [Fact]
    public void NodeLines_OfALoop_AreOneLineWithItsVisits()
    {
        var events = Enumerable.Range(0, 3).SelectMany(i => new[]
        {
            $$"""{"type":"node_start","timestamp":"2026-11-28T01:00:0{{i}}Z","execution_id":"x","node":"body","node_type":"lua"}""",
            $$"""{"type":"node_complete","timestamp":"2026-11-28T01:00:0{{i + 1}}Z","execution_id":"x","node":"body","duration_ms":1000}""",
        }).Select(l => JsonSerializer.Deserialize(l, Api.Contract.ContractJson.Default.ExecutionEvent)!);

        NodeLines.Of(events, Recordings.Now).ShouldHaveSingleItem().ShouldBe(new NodeLine("body", null, "Succeeded") { Took = TimeSpan.FromSeconds(1), Visits = 3 });
    }
}
