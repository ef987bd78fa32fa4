using Bulkhead.Api.Resources;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Hosting;
using k8s;
using k8s.Models;

namespace Bulkhead.Operator.Tests.Hosting;

/// <summary>What others may write into an object, as much as they like, is not kept for each of ten thousand.</summary>
public sealed class CutDownTests
{
    private const int Small = 2048;
    private static readonly string Large = new('x', 200_000);

    [Fact]
    public void Execution_LargeMetadataAndDocuments_AreNotKept()
    {
        var execution = Given.Execution(new WorkflowExecutionSpec { Workflow = Given.Workflow, TtlSecondsAfterFinished = 7, RerunToken = "again" });
        execution.Metadata.Annotations = Many(Names.ForceRelease);
        execution.Metadata.Labels = Many("theirs");
        execution.Metadata.Finalizers = [Names.ReleaseFinalizer];

        var cut = CutDown.Execution(execution);

        KubernetesJson.Serialize(cut).Length.ShouldBeLessThan(Small);
        (cut.Metadata.Uid, cut.Metadata.ResourceVersion, cut.Metadata.Finalizers.Single()).ShouldBe((Given.Uid, "7", Names.ReleaseFinalizer));
        (cut.Spec.TtlSecondsAfterFinished, cut.Spec.RerunToken).ShouldBe((7, "again"));
    }

    [Fact]
    public void Glance_LargeMetadata_IsNotKept()
    {
        var execution = Given.Execution(new WorkflowExecutionSpec { Workflow = Given.Workflow, UserId = "ann" });
        (execution.Metadata.Annotations, execution.Metadata.Labels) = (Many("theirs"), Many("theirs"));

        var glance = KubernetesJson.Deserialize<ExecutionGlance>(KubernetesJson.Serialize(execution));

        KubernetesJson.Serialize(glance).Length.ShouldBeLessThan(Small);
        (glance.Metadata.Uid, glance.Spec.UserId).ShouldBe((Given.Uid, "ann"));
    }

    [Fact]
    public void Pod_LargeMetadata_IsNotKeptAndTheFactsAreTheSame()
    {
        static V1Pod Pod() => new()
        {
            Metadata = new V1ObjectMeta
            {
                Name = "p",
                Uid = "pod",
                Annotations = Many(Names.JobHash, Names.StopAnnotation),
                Labels = Many(Names.UidLabel, Names.AttemptLabel),
            },
        };
        var facts = PodReader.Read(Pod(), "1");

        var cut = CutDown.Pod(Pod());

        KubernetesJson.Serialize(cut).Length.ShouldBeLessThan(Small);
        PodReader.Read(cut, "1").ShouldBe(facts);
        (facts.IsOurs, facts.Attempt, facts.JobHash, facts.IsToldToStop).ShouldBe((true, 1, "1", true));
    }

    private static Dictionary<string, string> Many(params string[] keys) => new(keys.Select(k => KeyValuePair.Create(k, "1")), StringComparer.Ordinal) { ["theirs"] = Large };
}
