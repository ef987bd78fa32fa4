using Bulkhead.Operator.Executions.Pods;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Pods;

/// <summary>
/// Pods and what is read from them. <c>Recorded</c>: as a server of 1.20.2 showed them to a watch, with names, addresses and dates changed. <c>Written</c> by hand after
/// what was seen: those that no cluster of ours shows at will.
/// </summary>
public sealed class PodReaderTests
{
    private static readonly DateTimeOffset Created = new(2026, 11, 21, 2, 10, 0, TimeSpan.Zero);
    private static readonly NodeFacts Alive = new(Exists: true, IsOutOfService: false, Created.AddMinutes(5));

    [Theory]
    [InlineData(100_000_000_000)]
    [InlineData(long.MaxValue)]
    public void Read_DeletedWithAnAbsurdGracePeriod_IsReadAllTheSame(long seconds)
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "p", Uid = "pod", DeletionTimestamp = Created.UtcDateTime, DeletionGracePeriodSeconds = seconds } };

        PodReader.Read(pod, "1").DeletingSince.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("just-created", "Pending", false, false, false, "no kubelet has seen it")]
    [InlineData("unschedulable", "Pending", false, false, false, "no node takes it")]
    [InlineData("image-missing", "Pending", false, false, false, "nobody asked it to end")]
    [InlineData("running", "Running", true, false, false, "it runs")]
    [InlineData("draining", "Running", true, false, false, "it was asked, and has its grace period")]
    [InlineData("mesh-beside-it", "Running", true, false, false, "what ended is not the worker")]
    [InlineData("mesh-outlives-it", "Running", false, false, false, "every container must have ended")]
    [InlineData("completed", "Succeeded", false, true, true, "its container has ended")]
    [InlineData("out-of-memory", "Failed", false, true, true, "its container has ended")]
    [InlineData("evicted-without-containers", "Failed", false, false, false, "a phase alone proves nothing")]
    [InlineData("force-deleted", "Running", true, false, true, "a living kubelet had time to end it")]
    [InlineData("deadline-exceeded-1.20", "Failed", true, false, true, "it shows `running` for ever, but the kubelet has confirmed its end")]
    [InlineData("ended-unreported-1.20", "Pending", false, false, true, "the kubelet has confirmed its end")]
    [InlineData("waiting-after-it-had-run", "Failed", false, false, true, "the kubelet has confirmed its end")]
    public void Read_RecordedPod_FactsAndFence(string name, string phase, bool running, bool ended, bool gone, string because)
    {
        var pod = Read(name);

        pod.Phase.ShouldBe(phase);
        pod.IsOurs.ShouldBeTrue();
        pod.IsFenced.ShouldBeTrue();
        pod.IsRunning.ShouldBe(running);
        (pod.End is not null).ShouldBe(ended);
        Fence.IsGone(pod, Alive).ShouldBe(gone, because);
    }

    [Theory]
    [InlineData("just-created", true)]
    [InlineData("unschedulable", true)]
    [InlineData("image-missing", true)]
    [InlineData("running", false)]
    [InlineData("evicted-without-containers", false)]
    [InlineData("waiting-after-it-had-run", false)]
    [InlineData("deadline-exceeded-1.20", false)]
    [InlineData("ended-unreported-1.20", false)]
    public void Read_RecordedPod_NeverStartedOnlyWhereNothingRan(string name, bool expected) => Read(name).NeverStarted.ShouldBe(expected);

    [Fact]
    public void Read_EndedContainer_HasItsEnd()
    {
        Read("out-of-memory").End.ShouldBe(new ContainerEnd(137, "OOMKilled", Created.AddSeconds(2), null));
        var end = WorkerEnd.Of(Read("completed"), null, Created);
        end.At.ShouldBe(Created.AddSeconds(9));
        end.Record!.NodesDone.ShouldBe(2);
        end.IsReleaseProven.ShouldBeTrue("its record is its termination message");
        Read("completed").StartedAt.ShouldBe(Created.AddSeconds(8));
    }

    [Fact]
    public void Read_WorkerEndedBesideAMesh_IsOverSoThatThePodIsEnded()
    {
        Read("mesh-outlives-it").IsOver.ShouldBeTrue();
        Read("mesh-outlives-it").NeverStarted.ShouldBeFalse();
        Read("mesh-beside-it").IsOver.ShouldBeFalse();
        Read("running").Attempt.ShouldBe(1);
    }

    [Fact]
    public void Read_DeletedPod_SinceIsWhenItWasAsked()
    {
        Read("draining").DeletingSince.ShouldBe(Created.AddSeconds(1), "the server writes the end of the grace period");
        Read("draining").IsGraceOver.ShouldBeFalse();
        Read("draining").Grace.ShouldBe(TimeSpan.FromSeconds(10));
        Read("force-deleted").DeletingSince.ShouldBe(Created.AddSeconds(1));
        Read("force-deleted").IsGraceOver.ShouldBeTrue();
        Read("running").DeletingSince.ShouldBeNull();
    }

    [Fact]
    public void Read_Reasons_AreThePods()
    {
        Read("unschedulable").Unscheduled.ShouldBe("Unschedulable");
        Read("unschedulable").Message.ShouldBe("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity.");
        Read("unschedulable").Node.ShouldBeNull();
        Read("image-missing").Waiting.ShouldBe("ErrImageNeverPull");
        Read("evicted-without-containers").Reason.ShouldBe("Evicted");
        Read("running").Node.ShouldBe("node-a");
    }

    [Fact]
    public void Read_AnotherExecutionsPod_IsNotOurs() => PodReader.Read(Pod("running"), "another").IsOurs.ShouldBeFalse();

    [Fact]
    public void Read_PodWithoutAnything_DoesNotThrow() =>
        PodReader.Read(new V1Pod { Metadata = new V1ObjectMeta { Name = "x", Uid = "y" } }, Given.Uid).NeverStarted.ShouldBeTrue();

    private static PodFacts Read(string name) => PodReader.Read(Pod(name), Given.Uid);

    private static V1Pod Pod(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Recorded", $"{name}.json");
        return KubernetesJson.Deserialize<V1Pod>(File.ReadAllText(File.Exists(file) ? file : Path.Combine(AppContext.BaseDirectory, "Written", $"{name}.json")));
    }
}
