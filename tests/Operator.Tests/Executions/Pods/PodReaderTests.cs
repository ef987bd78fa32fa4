using Bulkhead.Operator.Executions.Pods;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Pods;

/// <summary>Pods as real servers show them (1.20.2, names changed), and what is read from them.</summary>
public sealed class PodReaderTests
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 21, 2, 12, 0, TimeSpan.Zero);
    private static readonly NodeFacts Alive = new(Exists: true, IsOutOfService: false, Asked.AddMinutes(5));

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
    public void Read_RecordedPod_NeverStartedOnlyWhereNothingRan(string name, bool expected) => Read(name).NeverStarted.ShouldBe(expected);

    [Fact]
    public void Read_EndedContainer_HasItsEnd()
    {
        Read("out-of-memory").End.ShouldBe(new ContainerEnd(137, "OOMKilled", new DateTimeOffset(2026, 11, 21, 2, 11, 0, TimeSpan.Zero), null));
        Read("completed").End!.Message.ShouldBe("""{"phase":"Succeeded","release_proven":true}""");
        Read("completed").StartedAt.ShouldBe(new DateTimeOffset(2026, 11, 21, 2, 10, 2, TimeSpan.Zero));
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
        Read("draining").DeletingSince.ShouldBe(Asked, "the server writes the end of the grace period");
        Read("draining").IsGraceOver.ShouldBeFalse();
        Read("draining").Grace.ShouldBe(TimeSpan.FromSeconds(35));
        Read("force-deleted").DeletingSince.ShouldBe(Asked);
        Read("force-deleted").IsGraceOver.ShouldBeTrue();
        Read("running").DeletingSince.ShouldBeNull();
    }

    [Fact]
    public void Read_Reasons_AreThePods()
    {
        Read("unschedulable").Unscheduled.ShouldBe("Unschedulable");
        Read("unschedulable").Message.ShouldBe("0/1 nodes are available: 1 Insufficient memory.");
        Read("unschedulable").Node.ShouldBeNull();
        Read("image-missing").Waiting.ShouldBe("ImagePullBackOff");
        Read("evicted-without-containers").Reason.ShouldBe("Evicted");
        Read("running").Node.ShouldBe("node-a");
    }

    [Fact]
    public void Read_AnotherExecutionsPod_IsNotOurs() => PodReader.Read(Pod("running"), "another").IsOurs.ShouldBeFalse();

    [Fact]
    public void Read_PodWithoutAnything_DoesNotThrow() =>
        PodReader.Read(new V1Pod { Metadata = new V1ObjectMeta { Name = "x", Uid = "y" } }, Given.Uid).NeverStarted.ShouldBeTrue();

    private static PodFacts Read(string name) => PodReader.Read(Pod(name), Given.Uid);

    private static V1Pod Pod(string name) => KubernetesJson.Deserialize<V1Pod>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recorded", $"{name}.json")));
}
