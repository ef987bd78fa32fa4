using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Engine.Tests.Events;

namespace Bulkhead.Engine.Tests.Factory;

public class EngineFactoryOptionsTests
{
    [Fact]
    public void Defaults_Are_AsDocumented() => new EngineFactoryOptions().ShouldBe(new EngineFactoryOptions
    {
        MaxEnginesPerUser = 2,
        EngineLifetime = TimeSpan.FromSeconds(300),
        CleanupInterval = TimeSpan.FromSeconds(60),
        CleanupTimeout = TimeSpan.FromSeconds(5),
        ShutdownTimeout = TimeSpan.FromSeconds(10),
        BreakerFailures = 5,
        BreakerSampling = TimeSpan.FromSeconds(60),
        BreakerPause = TimeSpan.FromSeconds(30),
        Events = new UserEventOptions
        {
            QueueCapacity = 1000,
            Retries = 3,
            RetryDelay = TimeSpan.FromMilliseconds(50),
            SendTimeout = TimeSpan.FromSeconds(2),
            DrainTimeout = TimeSpan.FromMilliseconds(500),
        },
    });

    [Fact]
    public void Constructor_FaultyOptions_NamesAllFaults()
    {
        var options = new EngineFactoryOptions
        {
            MaxEnginesPerUser = 0,
            BreakerFailures = 1,
            EngineLifetime = TimeSpan.Zero,
            ShutdownTimeout = TimeSpan.FromDays(2),
            Events = new UserEventOptions { QueueCapacity = 0, Retries = 11 },
        };
        options.Faults().ShouldBe(
        [
            "MaxEnginesPerUser must be at least 1, not 0.",
            "BreakerFailures must be at least 2, not 1.",
            "Events.QueueCapacity must be at least 1, not 0.",
            "Events.Retries must be 0 to 10, not 11.",
            "EngineLifetime must be between 500 ms and 24 h, not 00:00:00.",
            "ShutdownTimeout must be between 500 ms and 24 h, not 2.00:00:00.",
        ]);
        Should.Throw<ArgumentException>(() => new ExecutionEngineFactory(new RecordingBridge(), new ScriptedHost(), options))
            .Message.ShouldStartWith(string.Join(' ', options.Faults()));
    }
}
