using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>The operator dies before and after each of its writes, and another takes over: the run was run once, and nothing is left.</summary>
[Collection(NodeCollection.Name)]
public sealed class OperatorDeathTests(ExecutionCluster cluster)
{
    private const int AtOnce = 6;

    /// <summary>The writes of an execution that succeeds.</summary>
    private static readonly string[] RunPath =
    [
        "patch WorkflowExecutionEntity", "status WorkflowExecutionEntity", "create ConfigMap", "create Pod", "status WorkflowExecutionEntity",
        "status WorkflowExecutionEntity", "patch Pod", "patch ConfigMap", "patch WorkflowExecutionEntity",
    ];

    /// <summary>The writes of an execution whose worker is killed.</summary>
    private static readonly string[] ReleasePath =
    [
        .. RunPath[..5], "status WorkflowExecutionEntity", "create Pod", "status WorkflowExecutionEntity", "patch Pod", "patch Pod", "patch ConfigMap",
        "patch WorkflowExecutionEntity",
    ];

    [Fact]
    public async Task Writes_OfARunThatSucceeds_AreTheseNine()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        DyingClient? client = null;
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, real => client = new DyingClient(real));

        await SucceedAsync(scenario);

        client!.Writes.ShouldBe(RunPath);
        (await scenario.EventsAsync()).ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Writes_OfAWorkerThatIsKilled_AreTheseTwelve()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        DyingClient? client = null;
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, real => client = new DyingClient(real));

        await BeKilledAsync(scenario);

        client!.Writes.ShouldBe(ReleasePath);
    }

    [Fact]
    public Task Operator_DiesAroundEachWriteOfARun_AnotherFinishesIt() => AroundEachAsync(RunPath.Length, async (scenario, death) =>
    {
        await scenario.RunAsync("select pg_sleep(0.5)");
        await death.Died.WaitAsync(TimeSpan.FromMinutes(2));
    }, SucceededAsync);

    [Fact]
    public Task Operator_DiesAroundEachWriteOfARelease_AnotherFinishesIt() => AroundEachAsync(ReleasePath.Length, async (scenario, death) =>
    {
        await scenario.RunAsync();
        // Deaths before the worker runs leave nobody to kill: the next operator starts it.
        var held = scenario.HoldsAsync();
        if (await Task.WhenAny(held, death.Died) == held) await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");
        await death.Died.WaitAsync(TimeSpan.FromMinutes(2));
    }, async scenario =>
    {
        if ((await scenario.ReadAsync()).Status?.CompletionTime is null && !await scenario.WasKilledAsync())
        {
            await scenario.HoldsAsync();
            await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");
        }

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(60));
        await scenario.ReachesAsync("Succeeded", "False", "WorkerDied", seconds: 120);
    });

    private async Task AroundEachAsync(int writes, Func<Scenario, DyingClient, Task> until, Func<Scenario, Task> then)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        var deaths = from number in Enumerable.Range(1, writes)
                     from after in (bool[])[false, true]
                     select OneAsync(number, after);
        await Task.WhenAll(deaths);

        async Task OneAsync(int number, bool after)
        {
            await slots.WaitAsync();
            try
            {
                var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
                DyingClient? death = null;
                var first = await RunningOperator.StartAsync(cluster, scenario.Namespace, real => death = new DyingClient(real, number, after));
                await until(scenario, death!);
                await first.DisposeAsync();
                await using var second = await RunningOperator.StartAsync(cluster, scenario.Namespace);
                await then(scenario);
                await scenario.IsUnfencedAsync();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"the operator that died {(after ? "after" : "before")} write {number}: {e.Message}", e);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static async Task SucceedAsync(Scenario scenario)
    {
        await scenario.RunAsync("select pg_sleep(0.5)");
        await SucceededAsync(scenario);
        await scenario.IsUnfencedAsync();
    }

    private static async Task SucceededAsync(Scenario scenario)
    {
        await scenario.ReachesAsync("Succeeded", "True", "Completed", seconds: 120);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    private static async Task BeKilledAsync(Scenario scenario)
    {
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        await scenario.ReachesAsync("PodReady", "True");
        await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");
        await scenario.ReachesAsync("Succeeded", "False", "WorkerDied");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(15));
        await scenario.IsUnfencedAsync();
    }
}
