using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Status;

/// <summary>At most 32 KiB, and every field within the CRD's bounds, whatever graph, author and worker write.</summary>
public sealed class StatusSizeTests
{
    private const int Nodes = 10_000;

    [Theory]
    [InlineData("n", 0, "ordinary names")]
    [InlineData("a-long-name-", 64, "64 connections")]
    [InlineData("ein-längerer-näme-", 64, "more bytes than characters")]
    [InlineData("🐙", 64, "four bytes each")]
    [InlineData("\u0001\"\\", 64, "each needs an escape")]
    public void Finished_LargeGraphAndLongProblems_FitsInto32KiB(string piece, int connections, string because)
    {
        var status = Finished(piece, connections);

        StatusSize.Bytes(status).ShouldBeLessThanOrEqualTo(StatusSize.Most, because);
        status.Nodes!.Total.ShouldBe(Nodes);
        status.Nodes.Failed.ShouldBe(60);
        status.Nodes.Rows!.Count.ShouldBeInRange(1, 100);
        status.Nodes.Rows[0].Status.ShouldBe("Failed", "failed ones first");
        (status.Connections?.Count ?? 0).ShouldBe(connections, "none is forgotten");
    }

    [Fact]
    public void Finished_HostileWorker_StaysWithinTheBoundsOfTheSchema()
    {
        var status = Finished(new string('x', 300), 64);

        foreach (var row in status.Nodes!.Rows!)
        {
            row.Name.Length.ShouldBeLessThanOrEqualTo(253);
            (row.Branch?.Length ?? 0).ShouldBeLessThanOrEqualTo(512);
            (row.Error?.Length ?? 0).ShouldBeLessThanOrEqualTo(1024);
            (row.ErrorType?.Length ?? 0).ShouldBeLessThanOrEqualTo(253);
        }

        foreach (var use in status.Connections!)
        {
            (use.Type?.Length ?? 0).ShouldBeLessThanOrEqualTo(64);
            (use.Key?.Length ?? 0).ShouldBeLessThanOrEqualTo(512);
            (use.Handle?.Length ?? 0).ShouldBeLessThanOrEqualTo(64);
            (use.Message?.Length ?? 0).ShouldBeLessThanOrEqualTo(1024);
        }

        foreach (var condition in status.Conditions!)
        {
            condition.Reason.ShouldMatch("^[A-Za-z0-9]{1,128}$");
            condition.Message.Length.ShouldBeLessThanOrEqualTo(8192);
        }
    }

    [Fact]
    public void Fit_SmallStatus_IsUnchanged()
    {
        var status = Finished("n", 1);

        StatusSize.Fit(status).ShouldBeSameAs(status);
        status.Connections![0].Key.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(8_000, false)]
    [InlineData(8_300, true)]
    public void Outputs_MoreThanAStatusHolds_AreLeftOutWhole(int length, bool omitted)
    {
        var outputs = Finished("n", 0, JsonElement.Parse($$"""{"text":"{{new string('x', length)}}"}""")).Outputs!.Value;

        outputs.TryGetProperty("omitted", out _).ShouldBe(omitted);
    }

    private static WorkflowExecutionStatus Finished(string piece, int connections, JsonElement? state = null)
    {
        string Long(int i, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length + 1)) + i;
        var names = Enumerable.Range(0, connections).Select(i => $"{new string('c', 240)}{i}").ToList();
        var o = Given.Gone(Given.Ended(1));
        o = o.With(o.Status with { Nodes = new NodesStatus { Total = Nodes }, Connections = [.. names.Select(n => new ConnectionUse { Name = n, State = "Open" })] });
        IReadOnlyList<NodeResult> nodes =
        [
            .. Enumerable.Range(0, Nodes).Select(i => new NodeResult
            {
                Name = Long(i, 250), Branch = Long(i, 250), Status = i % 200 == 7 && i < 12_000 ? NodeStatus.Failed : NodeStatus.Succeeded,
                Error = Long(i, 5000), ErrorType = Long(i, 400), DurationMs = 1234.5678,
            }),
        ];
        var results = names.Select(n => new ConnectionResult(n, Long(1, 100), Long(2, 600), Long(3, 100), ConnectionState.Unknown, Long(4, 5000))).ToList();
        var record = new WorkerTermination
        {
            Phase = ExecutionPhase.Failed,
            Reason = Long(5, 2000),
            Message = Long(6, 20_000),
            NodesDone = Nodes - 60,
            NodesFailed = 60,
            Nodes = nodes,
            Connections = results,
            ReleaseProven = true,
        };
        o = o with { Result = new ExecutionResult { Phase = ExecutionPhase.Failed, Nodes = nodes, State = state ?? JsonElement.Parse($$"""{"text":"{{new string('y', 8000)}}"}""") } };
        var end = new WorkerEnd(record, NeverStarted: false, record.Reason, record.Message, Given.Now);
        return SettlePlan.Plan(o, end).Status();
    }
}
