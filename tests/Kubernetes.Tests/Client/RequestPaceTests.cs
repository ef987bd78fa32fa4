using k8s;

namespace Bulkhead.Kubernetes.Tests.Client;

public sealed class RequestPaceTests
{
    [Fact]
    public void Wait_WithinTheBurst_IsNone()
    {
        var pace = new RequestPace(qps: 10, burst: 3, new ManualTime());

        Enumerable.Range(0, 5).Select(_ => pace.WaitAsync(default).IsCompleted).ShouldBe([true, true, true, false, false]);
    }

    [Fact]
    public void Wait_AfterAPause_BurstIsThereAgain()
    {
        var time = new ManualTime();
        var pace = new RequestPace(qps: 10, burst: 3, time);
        for (var i = 0; i < 3; i++)
            pace.WaitAsync(default).IsCompleted.ShouldBeTrue();

        time.Advance(TimeSpan.FromMilliseconds(200));

        Enumerable.Range(0, 3).Select(_ => pace.WaitAsync(default).IsCompleted).ShouldBe([true, true, false], "two came back in 200 ms");
    }
}
