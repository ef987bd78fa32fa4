using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Status;

public sealed class StatusesTests
{
    private static readonly WorkflowExecutionSpec Spec = new() { Workflow = Given.Workflow };

    [Fact]
    public void Status_EachStage_EveryConditionSpeaksOfTheGeneration()
    {
        foreach (var (stage, o) in Stages())
        {
            var edited = o.WithMetadata(m => m.Generation = 42);
            foreach (var status in Planner.Plan(edited).Steps.OfType<WriteStatus>().Select(w => w.Status))
            {
                status.ObservedGeneration.ShouldBe(42, stage);
                status.Conditions!.ShouldAllBe(c => c.ObservedGeneration == 42, stage);
                status.Conditions!.ShouldAllBe(c => c.LastTransitionTime != null && c.LastTransitionTime.Value.Millisecond == 0, stage);
                status.Conditions!.Select(c => c.Type).ShouldBeUnique(stage);
            }
        }
    }

    /// <summary>What kstatus (Flux, Argo CD, `kubectl wait` by tools) makes of it.</summary>
    [Theory]
    [InlineData("new", "InProgress", "the schema's default generation is -1")]
    [InlineData("waiting", "InProgress", "for a Workflow")]
    [InlineData("refused", "Failed", "a fault of the spec")]
    [InlineData("admitted", "InProgress", "")]
    [InlineData("running", "InProgress", "")]
    [InlineData("ending", "InProgress", "")]
    [InlineData("releasing", "InProgress", "")]
    [InlineData("between attempts", "InProgress", "")]
    [InlineData("suspended", "InProgress", "it goes on when it is asked to")]
    [InlineData("succeeded", "Current", "")]
    [InlineData("failed", "Failed", "")]
    [InlineData("cancelled", "Current", "it ended as asked")]
    public void Kstatus_EachStage_IsWhatToolsExpect(string stage, string expected, string because)
    {
        var o = Stages().Single(s => s.Stage == stage).Observed;

        Kstatus(o.Execution.Status, o.Execution.Metadata.Generation, deleting: false).ShouldBe(expected, because);
        Kstatus(o.Execution.Status, o.Execution.Metadata.Generation, deleting: true).ShouldBe("Terminating");
        Kstatus(o.Execution.Status, o.Execution.Metadata.Generation + 1, deleting: false).ShouldBe("InProgress", "an edit that nobody has looked at");
    }

    [Fact]
    public void With_SameStatus_KeepsItsTransitionTime()
    {
        var status = new WorkflowExecutionStatus().With("PodReady", false, "A", "", Given.Now.AddMilliseconds(700));

        status.Condition("PodReady")!.LastTransitionTime.ShouldBe(Given.Now, "times of the API have whole seconds");
        var later = Given.Now.AddHours(1);
        status.With("PodReady", false, "B", "", later).Condition("PodReady")!.LastTransitionTime.ShouldBe(Given.Now, "only the reason changed");
        status.With("PodReady", true, "B", "", later).Condition("PodReady")!.LastTransitionTime.ShouldBe(later);
        status.With("PodReady", false, "B", "", later, restamp: true).Condition("PodReady")!.LastTransitionTime.ShouldBe(later, "another stage begins");
        status.With("Admitted", null, "B", "", later).Conditions!.Select(c => $"{c.Type}={c.Status}").ShouldBe(["Admitted=Unknown", "PodReady=False"]);
    }

    [Theory]
    [InlineData("Evicted", "Evicted")]
    [InlineData("OutOfephemeral-storage", "OutOfephemeralstorage")]
    [InlineData("", "Unknown")]
    [InlineData("→", "Unknown")]
    public void With_ReasonOfSomebodyElse_IsCamelCase(string reason, string expected) =>
        new WorkflowExecutionStatus().With("X", true, reason, "", Given.Now).Reason("X").ShouldBe(expected);

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcdef", 5, "ab…")]
    [InlineData("äöüß", 8, "äöüß")]
    [InlineData("äöüß", 7, "äö…")]
    [InlineData("🐙🐙", 7, "🐙…")]
    [InlineData("a\u001b[2Jb\n", 99, "a [2Jb\n")]
    [InlineData(null, 3, null)]
    public void Cut_LongText_KeepsWholeCharacters(string? text, int most, string? expected) => StatusEdit.Cut(text, most).ShouldBe(expected);

    [Fact]
    public void Over_Attempt_StartTimeStaysThatOfTheFirst()
    {
        var o = Given.Running().Then(Planner.Plan(Given.Running()));
        o = o.With(o.Status with { Attempt = 2, StartTime = Given.Now.AddHours(-1) }) with { Worker = Given.Worker(2) };

        Planner.Plan(o).Status().StartTime.ShouldBe(Given.Now.AddHours(-1));
    }

    private static string Kstatus(WorkflowExecutionStatus? status, long? generation, bool deleting) =>
        deleting ? "Terminating"
        : (status?.ObservedGeneration ?? -1) != generation ? "InProgress"
        : status.Is("Reconciling", "True") ? "InProgress"
        : status.Is("Stalled", "True") ? "Failed"
        : "Current";

    private static IEnumerable<(string Stage, Observed Observed)> Stages()
    {
        yield return ("new", Given.New());
        var waiting = Given.New() with { Draft = Bulkhead.Operator.Executions.Jobs.JobDraft.Refused(new Api.Problems.Problem(Api.Problems.ProblemClass.ResourceError, "WORKFLOW_NOT_FOUND", "x")) };
        yield return ("waiting", waiting.Then(Planner.Plan(waiting)));
        var refused = Given.New() with { Draft = Bulkhead.Operator.Executions.Jobs.JobDraft.Refused(new Api.Problems.Problem(Api.Problems.ProblemClass.StructuralError, "X", "x")) };
        yield return ("refused", refused.Then(Planner.Plan(refused)));
        yield return ("admitted", Given.Admitted(null, "db"));
        yield return ("running", Given.Running());
        var ending = Given.Running(Spec with { DesiredState = "Terminated" });
        yield return ("ending", ending.Then(Planner.Plan(ending)));
        var died = Given.Gone(Given.Ended(137), Spec with { RetryPolicy = new ExecutionRetryPolicy { OnPodFailure = "Restart", MaxAttempts = 2 } });
        var releasing = died.Then(Planner.Plan(died));
        yield return ("releasing", releasing);
        var proven = releasing with { Release = Given.ReleasePod(proven: true) };
        yield return ("between attempts", proven.Then(Planner.Plan(proven)));
        yield return ("suspended", Settled("Cancelled", "Suspended"));
        yield return ("succeeded", Settled("Succeeded", null));
        yield return ("failed", Settled("Failed", null));
        yield return ("cancelled", Settled("Cancelled", "Terminated"));
    }

    private static Observed Settled(string recorded, string? desired)
    {
        var o = Given.Gone(Given.Recorded(recorded), Spec with { DesiredState = desired });
        return o.Then(Planner.Plan(o));
    }
}
