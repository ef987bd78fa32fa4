using System.Diagnostics.Metrics;

namespace Bulkhead.Engine.Factory;

/// <summary>Counts what a factory does and shows it as instruments of the meter <c>Bulkhead.Engine</c>.</summary>
internal sealed class EngineMeter : IDisposable
{
    public const string Name = "Bulkhead.Engine";
    private readonly Meter _meter;
    private long _created;
    private long _cleaned;
    private long _creationErrors;
    private long _cleanupErrors;
    private long _timeoutCleanups;
    private long _userLimitRejections;
    private long _breakerRejections;

    public EngineMeter(Func<int> active)
    {
        _meter = new Meter(Name, version: null, tags: null, scope: this);
        Observe("total_engines_created", () => Interlocked.Read(ref _created), "Engines created.");
        Observe("total_engines_cleaned", () => Interlocked.Read(ref _cleaned), "Engines cleaned up.");
        Observe("creation_errors", () => Interlocked.Read(ref _creationErrors), "Engines that could not be created.");
        Observe("cleanup_errors", () => Interlocked.Read(ref _cleanupErrors), "Engines of which something did not end as it should.");
        Observe("timeout_cleanups", () => Interlocked.Read(ref _timeoutCleanups), "Engines cleaned up because of their age.");
        Observe("user_limit_rejections", () => Interlocked.Read(ref _userLimitRejections), "Creations refused by the limit per user.");
        Observe("breaker_rejections", () => Interlocked.Read(ref _breakerRejections), "Creations refused while the breaker was open.");
        _meter.CreateObservableUpDownCounter("active_engines_count", active, unit: "{engine}", "Engines that exist now.");
    }

    public void Created() => Interlocked.Increment(ref _created);

    public void Cleaned() => Interlocked.Increment(ref _cleaned);

    public void CreationFailed() => Interlocked.Increment(ref _creationErrors);

    public void CleanupFailed() => Interlocked.Increment(ref _cleanupErrors);

    public void TimedOut() => Interlocked.Increment(ref _timeoutCleanups);

    public void UserLimitRejected() => Interlocked.Increment(ref _userLimitRejections);

    public void BreakerRejected() => Interlocked.Increment(ref _breakerRejections);

    public EngineFactoryMetrics Snapshot(int active) => new()
    {
        TotalEnginesCreated = Interlocked.Read(ref _created),
        TotalEnginesCleaned = Interlocked.Read(ref _cleaned),
        ActiveEnginesCount = active,
        CreationErrors = Interlocked.Read(ref _creationErrors),
        CleanupErrors = Interlocked.Read(ref _cleanupErrors),
        TimeoutCleanups = Interlocked.Read(ref _timeoutCleanups),
        UserLimitRejections = Interlocked.Read(ref _userLimitRejections),
        BreakerRejections = Interlocked.Read(ref _breakerRejections),
    };

    public void Dispose() => _meter.Dispose();

    private void Observe(string name, Func<long> value, string description) =>
        _meter.CreateObservableCounter(name, value, unit: null, description);
}
