using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Bulkhead.Api.Context;
using Bulkhead.Api.Diagrams;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;
using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Api.Tests.Fuzz;

/// <summary>Loader and validator on made-up documents: no crash, no hang, no unbounded memory, and every outcome is consistent.</summary>
public sealed class LoaderFuzzTests
{
    private const int Least = 20_000;

    private static int Documents => Environment.GetEnvironmentVariable("BULKHEAD_TEST_LONG") == "1" ? 1_000_000 : Least;

    [Fact]
    public void Load_MadeUpDocuments_EndInWorkflowOrProblems()
    {
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

        Prop.ForAll(seeds, seed => Examine(seed, seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(Documents));

        seen.Count.ShouldBeGreaterThan(30, "a fuzz that reaches few outcomes proves little");
        seen["valid"].ShouldBeGreaterThan(Documents / 50, "valid documents must be among them, for the stages after the structure");
    }

    private static void Examine(int seed, ConcurrentDictionary<string, int> seen)
    {
        var bytes = FuzzDocument.Make(seed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var result = WorkflowLoader.Load(bytes);

        var text = Encoding.UTF8.GetString(bytes);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20L << 20, text);
        (result.Workflow is null).ShouldBe(result.Problems.Count > 0, text);
        foreach (var problem in result.Problems.Concat(result.Warnings))
        {
            seen.AddOrUpdate(problem.Code, 1, (_, n) => n + 1);
            problem.Message.Length.ShouldBeInRange(5, 3_000, text);
            (problem.Message + problem.Path).Any(char.IsControl).ShouldBeFalse(text);
        }

        if (result.Workflow is not { } workflow) return;
        seen.AddOrUpdate("valid", 1, (_, n) => n + 1);
        ExamineValid(workflow, text);
        var again = WorkflowLoader.Load(SourceText.Read(bytes).Documents[0].ToJson());
        again.Workflow.ShouldNotBeNull(text);
        WorkflowDiagram.PlanJson(again.Workflow).ShouldBe(WorkflowDiagram.PlanJson(workflow), text);
    }

    private static void ExamineValid(Workflow workflow, string text)
    {
        if (workflow.Dialect == Dialect.StateGraph)
        {
            workflow.Transitions.Keys.Order().ShouldBe(workflow.Nodes.Select(n => n.Name).Append(Workflow.StartName).Order(), text);
            workflow.Transitions.Values.All(rules => rules.Count > 0).ShouldBeTrue(text);
            workflow.Transitions.Values.SelectMany(r => r).All(r => r.To is null != r.Parallel is null).ShouldBeTrue(text);
        }
        else
        {
            workflow.Plan!.LogicalOrder.Order().ShouldBe(workflow.Nodes.Select(n => n.Name).Order(), text);
        }

        WorkflowDiagram.Mermaid(workflow).ShouldStartWith("flowchart TD");
        WorkflowDiagram.Dot(workflow).ShouldStartWith("digraph");
        ContextCheck.Check(new ContextRequest { Workflow = workflow, TenantId = "t", UserId = "u", Connections = [] }).Used.ShouldBeEmpty();
    }
}
