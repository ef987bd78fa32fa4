using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>NORP-006 and the two rows on parallel VMs again, in pods of a cluster.</summary>
[Collection(NodeCollection.Name)]
public sealed class ConformanceTests(ExecutionCluster cluster)
{
    private static readonly JsonElement MultiResource = JsonElement.Parse(File.ReadAllText(Path.Combine(ApiServer.Root, "examples", "multi-resource.json")));

    [Fact(DisplayName = "NORP-006-T1-cluster two executions share no handle, pod or session"), Trait("Seed", "NORP-006-T1")]
    public async Task Executions_OneAfterTheOther_ShareNothing()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        var first = await RunAsync(scenario, "first");
        var second = await RunAsync(scenario, "second");

        first.Handle.ShouldNotBe(second.Handle);
        first.Pod.ShouldNotBe(second.Pod);
        first.Tag.ShouldNotBe(second.Tag);
        foreach (var run in new[] { first, second })
            (await scenario.Database.CountLoggedSessionsAsync(CancellationToken.None, run.Tag)).ShouldBe(1, "one session of its own on the server");
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact(DisplayName = "NORP-006-T2-cluster one handle, created once and reused twice"), Trait("Seed", "NORP-006-T2")]
    public async Task Nodes_OfOneExecution_ShareOneHandle()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        var run = await RunAsync(scenario, "pooled");

        run.Events.Select(e => e.GetProperty("event").GetString())
            .ShouldBe(["RESOURCE_ALLOCATED", "RESOURCE_REUSED", "RESOURCE_REUSED", "RESOURCE_DISPOSED"]);
        run.Events.Select(e => e.GetProperty("resource_handle").GetString()).Distinct().ShouldBe([run.Handle]);
        (await scenario.Database.CountLoggedSessionsAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact(DisplayName = "NORP-006-T3-cluster R1 is disposed before R2 is allocated, and R2 is another"), Trait("Seed", "NORP-006-T3")]
    public async Task Resource_OfAnEndedExecution_IsNotReused()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        var first = await RunAsync(scenario, "first");
        var second = await RunAsync(scenario, "second");

        Time(first.Events[^1]).ShouldBeLessThan(Time(second.Events[0]));
        second.Events[0].GetProperty("event").GetString().ShouldBe("RESOURCE_ALLOCATED");
        second.Handle.ShouldNotBe(first.Handle);
    }

    [Fact(DisplayName = "NORP-006-T4-cluster a failed execution is FAILED and leaves no session"), Trait("Seed", "NORP-006-T4")]
    public async Task Execution_Fails_LeavesNoSession()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select pg_sleep(4), 1 / (random() * 0)::int");
        await scenario.HoldsAsync();

        var execution = await scenario.ReachesAsync("Succeeded", "False", "NodeFailed");

        execution.Status!.Phase.ShouldBe("Failed");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
        (await EventsAsync(scenario, "run")).Count(e => e.GetProperty("event").GetString() == "RESOURCE_DISPOSED").ShouldBe(1);
    }

    [Fact(DisplayName = "NORP-006-T5-cluster keys carry tenant and execution"), Trait("Seed", "NORP-006-T5")]
    public async Task Keys_OfResources_CarryTenantAndExecution()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        var run = await RunAsync(scenario, "keyed");

        run.Execution.Status!.Connections!.ShouldHaveSingleItem().Key
            .ShouldBe($"tenant:{scenario.Namespace}:exec:exec_{run.Execution.Metadata.Uid}:database:5");
    }

    [Theory(DisplayName = "NORP-006-T6-cluster lazy and eager loading"), Trait("Seed", "NORP-006-T6")]
    [InlineData("Lazy", "node_start", "RESOURCE_ALLOCATED")]
    [InlineData("Eager", "RESOURCE_ALLOCATED", "node_start")]
    public async Task Loading_LazyOrEager_OpensAtFirstUseOrBeforeTheFirstNode(string loading, string first, string then)
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await CreateAsync(scenario, "loaded", loading);
        await scenario.ReachesAsync("Succeeded", "True", name: "loaded");

        var order = (await LogAsync(scenario, "loaded")).Select(e => e.TryGetProperty("event", out var name) ? name.GetString() : e.GetProperty("type").GetString()).ToList();

        order.IndexOf(first).ShouldBeInRange(0, order.IndexOf(then) - 1);
    }

    [Fact(DisplayName = "NORP-006-T7-cluster two executions at once: distinct pods, handles and owner tags"), Trait("Seed", "NORP-006-T7")]
    public async Task Executions_AtOnce_AreIsolated()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        var runs = await Task.WhenAll(RunAsync(scenario, "one"), RunAsync(scenario, "two"));

        runs.Select(r => r.Handle).Distinct().Count().ShouldBe(2);
        runs.Select(r => r.Pod).Distinct().Count().ShouldBe(2);
        runs.Select(r => r.Tag).Distinct().Count().ShouldBe(2);
        foreach (var run in runs) (await scenario.Database.CountLoggedSessionsAsync(CancellationToken.None, run.Tag)).ShouldBe(1);
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact(DisplayName = "RUST-030-E2E-001-cluster conflicting globals in a whole workflow"), Trait("Seed", "RUST-030-E2E-001")]
    public async Task Workflow_ConflictingGlobals_RunsCleanInAPod()
    {
        var outputs = await OutputsAsync("""
            {"name":"conflicts","nodes":[
              {"name":"a","run":"who = (who or '') .. 'a' return {}"}, {"name":"a2","run":"sleep(0.02) return {who = who}"},
              {"name":"b","run":"who = (who or '') .. 'b' return {}"}, {"name":"b2","run":"return {who = who}"},
              {"name":"join","run":"return {who = state.parallel_results[1].state.who .. state.parallel_results[2].state.who, mine = who == nil}"}],
             "edges":[{"from":"__start__","to":["a","b"],"fan_in":"join"},{"from":"a","to":"a2"},{"from":"b","to":"b2"}]}
            """);

        outputs.GetProperty("who").GetString().ShouldBe("ab");
        outputs.GetProperty("mine").GetBoolean().ShouldBeTrue();
    }

    [Fact(DisplayName = "PY-002-INT-006-cluster no variable, function or table leaks"), Trait("Seed", "PY-002-INT-006")]
    public async Task Everything_OfParallelBranches_IsIsolatedInAPod()
    {
        var outputs = await OutputsAsync("""
            {"name":"leaks","nodes":[
              {"name":"branch_a","run":"leaked_var = 'A' function leaked_func() return 'A' end leaked_table = {origin = 'A'} return {set = true}"},
              {"name":"branch_b","run":"sleep(0.05) return {var_leaked = leaked_var ~= nil, func_leaked = leaked_func ~= nil, table_leaked = leaked_table ~= nil}"},
              {"name":"join","run":"local b = state.parallel_results[2].state return {leaks = {b.var_leaked, b.func_leaked, b.table_leaked}}"}],
             "edges":[{"from":"__start__","to":["branch_a","branch_b"],"fan_in":"join"}]}
            """);

        outputs.GetProperty("leaks").GetRawText().ShouldBe("[false,false,false]");
    }

    private async Task<JsonElement> OutputsAsync(string workflow)
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { Workflow = JsonElement.Parse(workflow) });
        return (await scenario.ReachesAsync("Succeeded", "True")).Status!.Outputs!.Value;
    }

    private async Task<Run> RunAsync(Scenario scenario, string name)
    {
        await CreateAsync(scenario, name, "Lazy");
        var execution = await scenario.ReachesAsync("Succeeded", "True", name: name);
        var use = execution.Status!.Connections!.ShouldHaveSingleItem();
        use.State.ShouldBe("Released");
        return new Run(
            execution, use.Handle!, Bulkhead.Operator.Executions.Names.Worker(name, execution.Metadata.Uid, 1), $"bulkhead/{Guid.Parse(execution.Metadata.Uid):n}/1",
            await EventsAsync(scenario, name));
    }

    private Task<WorkflowExecutionEntity> CreateAsync(Scenario scenario, string name, string loading) => cluster.Client.CreateAsync(new WorkflowExecutionEntity
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = scenario.Namespace },
        Spec = new WorkflowExecutionSpec { Workflow = MultiResource, Loading = loading },
    });

    /// <summary>The audit lines of the resources with a handle.</summary>
    private async Task<IReadOnlyList<JsonElement>> EventsAsync(Scenario scenario, string name) =>
        [.. (await LogAsync(scenario, name)).Where(e => e.GetProperty("type").GetString() == "resource" && e.TryGetProperty("resource_handle", out _))];

    private async Task<IReadOnlyList<JsonElement>> LogAsync(Scenario scenario, string name)
    {
        var execution = await scenario.ReadAsync(name);
        var pod = Bulkhead.Operator.Executions.Names.Worker(name, execution.Metadata.Uid, 1);
        await using var stream = await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(pod, scenario.Namespace);
        using var reader = new StreamReader(stream);
        return [.. (await reader.ReadToEndAsync()).Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonElement.Parse(l))];
    }

    private static DateTimeOffset Time(JsonElement line) => line.GetProperty("timestamp").GetDateTimeOffset();

    private sealed record Run(WorkflowExecutionEntity Execution, string Handle, string Pod, string Tag, IReadOnlyList<JsonElement> Events);
}
