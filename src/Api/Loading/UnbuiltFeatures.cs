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
        ("http", n => n.Work is HttpWork),
        ("llm_call with a prompt", n => n.Work is PromptWork { Prompt: not null }),
    ];

    public static void Refuse(Workflow workflow, ProblemList faults)
    {
        foreach (var node in workflow.AllNodes()) Refuse(node, faults);
    }

    private static void Refuse(Node node, ProblemList faults)
    {
        foreach (var (feature, used) in OfNodes)
        {
            if (used(node)) Add($"{feature} (node '{Quoted.Short(node.Name)}')", node.Path, node.Line, faults);
        }
    }

    private static void Add(string feature, string path, int? line, ProblemList faults) =>
        faults.Add(new Problem(ProblemClass.StructuralError, "NOT_BUILT", $"this build cannot run {feature} yet", path, line));
}
