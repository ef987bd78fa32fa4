using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Tests.Loading;

/// <summary>Short ways to load a document and to look at what came of it.</summary>
internal static class Loaded
{
    public static Workflow Valid(string text)
    {
        var result = WorkflowLoader.Load(text);
        result.Problems.Select(Line).ShouldBeEmpty();
        return result.Workflow.ShouldNotBeNull();
    }

    public static IReadOnlyList<string> Faults(string text)
    {
        var result = WorkflowLoader.Load(text);
        (result.Workflow is null).ShouldBe(result.Problems.Count > 0);
        return [.. result.Problems.Select(Line)];
    }

    public static IReadOnlyList<string> Warnings(string text) => [.. WorkflowLoader.Load(text).Warnings.Select(Line)];

    /// <summary>One problem as one line: <c>CODE path:line message</c>.</summary>
    public static string Line(Problem p) => $"{p.Code} {p.Path}:{p.Line} {p.Message}";

    public static IReadOnlyList<string> Rules(Workflow workflow) =>
        [.. workflow.Transitions.SelectMany(t => t.Value.Select(r => $"{t.Key} -> {Target(r)}{(r.When is null ? "" : $" if {r.When}")}"))];

    private static string Target(Transition rule) =>
        rule.Parallel is { } section ? $"[{string.Join(", ", section.Branches)}] => {section.FanIn}" : rule.To!;
}
