using Bulkhead.Api.Contract;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Tests.Contexts;

namespace Bulkhead.Engine.Tests.Resources;

public sealed class ResourceReleaseTests
{
    private readonly RecordedEvents _events = new();
    private readonly UserExecutionContext _context = ContextBuilder.Context();

    [Fact]
    public async Task Release_BadDrivers_EndInTimeAndTheOthersAreReleased()
    {
        var driver = new HangingDriver();
        ResourcePool pool = Pool(driver, "good1", "hangs", "throws", "good2");
        foreach (string name in (string[])["good1", "hangs", "throws", "good2"])
        {
            await pool.AcquireAsync(new(name), "node1", CancellationToken.None);
        }

        IReadOnlyList<ConnectionResult> results = await pool.ReleaseAsync(TimeSpan.FromMilliseconds(50));
        driver.ReleaseOrder[0].ShouldBe("good2", "the last one opened is the first one to go");
        results.Select(r => (r.Name, r.State, r.Message)).ShouldBe(
        [
            ("good1", ConnectionState.Released, null),
            ("hangs", ConnectionState.Unknown, "The release did not end within 0.1 s."),
            ("throws", ConnectionState.Unknown, "The release failed: InvalidOperationException."),
            ("good2", ConnectionState.Released, null),
        ]);
        _events.Named("RESOURCE_DISPOSED").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Release_WhileOpening_DisposesWhatWasOpenedLate()
    {
        var opening = new TaskCompletionSource();
        var driver = new HangingDriver(opening);
        ResourcePool pool = Pool(driver, "late");
        Task<ResourceLease> acquiring = pool.AcquireAsync(new("late"), "node1", CancellationToken.None);
        IReadOnlyList<ConnectionResult> results = await pool.ReleaseAsync(TimeSpan.FromMilliseconds(50));
        results.ShouldHaveSingleItem().State.ShouldBe(ConnectionState.Unknown, "nothing was proven about it");
        opening.SetResult();
        await Should.ThrowAsync<ExecutionEndedException>(() => acquiring);
        driver.Open.ShouldBe(0, "opened after the end, released at once");
        driver.ReleaseOrder.ShouldBe(["late"]);
    }

    [Fact]
    public async Task Acquire_CallerCancelled_LeavesTheOpeningToTheOthers()
    {
        var opening = new TaskCompletionSource();
        var driver = new HangingDriver(opening);
        ResourcePool pool = Pool(driver, "slow");
        using var cancel = new CancellationTokenSource();
        Task<ResourceLease> impatient = pool.AcquireAsync(new("slow"), "node1", cancel.Token);
        Task<ResourceLease> patient = pool.AcquireAsync(new("slow"), "node2", CancellationToken.None);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        opening.SetResult();
        (await patient).Handle.ShouldStartWith("conn_");
        driver.Open.ShouldBe(1);
        await pool.DisposeAsync();
        driver.Open.ShouldBe(0);
    }

    private ResourcePool Pool(HangingDriver driver, params string[] names) => new(
        _context,
        new ResourcePoolSettings
        {
            Connections = [.. names.Select(n => new ConnectionDefinition { Name = n, Type = "hanging", TenantId = "local" })],
            Drivers = new DriverRegistry([driver]),
            Credentials = _ => Credentials.None,
        },
        _events);
}
