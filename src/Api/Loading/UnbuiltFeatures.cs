using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>
/// What the loader understands and the engine cannot run yet: refused by name (<c>NOT_BUILT</c>), never ignored. The one place to
/// shrink when the engine learns more.
/// </summary>
internal static class UnbuiltFeatures
{
    private static readonly (string Feature, Func<Node, bool> Used)[] OfNodes =
    [
        ("retry", n => n.Retry is not null),
        ("on_error", n => n.OnError != OnError.Raise),
        ("fallback", n => n.Fallback is not null),
        ("timeout", n => n.Timeout is not null),
        ("interrupt", n => n.Interrupt != Interrupt.None),
        ("while_loop", n => n.Work is LoopWork),
        ("dynamic_parallel", n => n.Work is FanOutWork),
        ("uses", n => n.Work is ActionWork),
        ("http", n => n.Work is HttpWork),
        ("llm_call with a prompt", n => n.Work is PromptWork { Prompt: not null }),
    ];

    private static readonly (string Feature, Func<ParallelSettings, bool> Used)[] OfSections =
    [
        ("timeout of a parallel section", s => s.Timeout is not null),
        ("fail_fast", s => s.FailFast),
        ("retry_policy", s => s.RetryPolicy is not null),
        ("circuit_breaker", s => s.CircuitBreaker is not null),
    ];

    public static void Refuse(Workflow workflow, ProblemList faults)
    {
        foreach (var node in workflow.Nodes) Refuse(node, faults);
        Refuse(workflow.Settings.Parallel, "settings.parallel", null, faults);
        foreach (var rule in workflow.Transitions.Values.SelectMany(r => r))
        {
            if (rule.Parallel is { } section && section.Settings != workflow.Settings.Parallel) Refuse(section.Settings, rule.Path, null, faults);
        }

        if (workflow.Finally.Count > 0) Add("finally", "finally", workflow.Finally[0].Line, faults);
    }

    private static void Refuse(Node node, ProblemList faults)
    {
        foreach (var (feature, used) in OfNodes)
        {
            if (used(node)) Add($"{feature} (node '{Quoted.Short(node.Name)}')", node.Path, node.Line, faults);
        }
    }

    private static void Refuse(ParallelSettings settings, string path, int? line, ProblemList faults)
    {
        foreach (var (feature, used) in OfSections)
        {
            if (used(settings)) Add(feature, path, line, faults);
        }
    }

    private static void Add(string feature, string path, int? line, ProblemList faults) =>
        faults.Add(new Problem(ProblemClass.StructuralError, "NOT_BUILT", $"this build cannot run {feature} yet", path, line));
}
