using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Hosting;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Executions.Pods;

/// <summary>Which pod events wake an execution. The pods are those that <see cref="PodReaderTests"/> reads, as the cache holds them.</summary>
public sealed class PodNewsTests
{
    private readonly PodNews _news = new();

    [Theory]
    [InlineData("just-created", false, "whoever created it looks again by the clock")]
    [InlineData("unschedulable", true, "it says why it does not start")]
    [InlineData("image-missing", true, "it says why it does not start")]
    [InlineData("running", true, "the status tells that it runs")]
    [InlineData("draining", true, "it is asked to end")]
    [InlineData("mesh-outlives-it", true, "the worker has ended")]
    [InlineData("completed", true, "its end settles the execution")]
    [InlineData("out-of-memory", true, "its end settles the execution")]
    [InlineData("evicted-without-containers", true, "it is over")]
    [InlineData("force-deleted", true, "it is being deleted")]
    public void Has_PodSeenFirst_WhereATurnWouldAct(string name, bool has, string because)
    {
        var pod = Cached(name);

        _news.Has(pod, Uid(pod)).ShouldBe(has, because);
    }

    [Fact]
    public void Has_SameFactsAgain_HasNot()
    {
        var (first, again) = (Cached("running"), Cached("running"));
        again.Metadata.ResourceVersion = "another";

        _news.Has(first, Uid(first)).ShouldBeTrue();
        _news.Has(again, Uid(again)).ShouldBeFalse();
    }

    [Fact]
    public void Has_FenceTakenAway_Has()
    {
        var (first, unfenced) = (Cached("just-created"), Cached("just-created"));
        unfenced.Metadata.Finalizers = null;

        _news.Has(first, Uid(first)).ShouldBeFalse();
        _news.Has(unfenced, Uid(unfenced)).ShouldBeTrue();
    }

    [Fact]
    public void Has_PodOfAnotherExecution_Has() => _news.Has(Cached("just-created"), Guid.NewGuid().ToString()).ShouldBeTrue("somebody else has put it there");

    private static string Uid(V1Pod pod) => pod.GetLabel("bulkhead.dev/execution-uid");

    private static V1Pod Cached(string name) => CutDown.Pod(KubernetesJson.Deserialize<V1Pod>(File.ReadAllText(PathOf(name))));

    private static string PathOf(string name) =>
        new[] { "Recorded", "Written" }.Select(folder => Path.Combine(AppContext.BaseDirectory, folder, $"{name}.json")).First(File.Exists);
}
