using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Testing.Running;

/// <summary>What came of a <see cref="LocalRun"/>.</summary>
/// <param name="Result">As the worker's last line has it.</param>
/// <param name="Job">What was run.</param>
/// <param name="Events">All events, in order.</param>
public sealed record Ran(ExecutionResult Result, Job Job, IReadOnlyList<ExecutionEvent> Events)
{
    /// <summary>One field of the final state.</summary>
    public JsonElement this[string field] => State.TryGetProperty(field, out var value) ? value : default;

    public JsonElement State => Result.State!.Value;

    public IReadOnlyList<JsonElement> ParallelResults => [.. this["parallel_results"].EnumerateArray()];

    /// <summary>The events as lines <c>type node @branch</c>, without those of tools, logs and resources.</summary>
    public IReadOnlyList<string> Trace =>
        [.. Events.Where(e => !e.Type.StartsWith("tool_", StringComparison.Ordinal) && e.Type is not ("log" or "resource")).Select(Line)];

    /// <summary>The one result of a node that ran once.</summary>
    public NodeResult Node(string name) => Result.Nodes.Where(n => n.Name == name).ShouldHaveSingleItem();

    /// <summary>One entry of <c>parallel_results</c> by its branch's name.</summary>
    public JsonElement Branch(string name) => ParallelResults.Single(r => r.GetProperty("branch").GetString() == name);

    public Ran Succeeded()
    {
        Result.Phase.ShouldBe(ExecutionPhase.Succeeded, Result.Message);
        return this;
    }

    public Ran Failed(string error, string type)
    {
        Result.Phase.ShouldBe(ExecutionPhase.Failed);
        Result.Message.ShouldNotBeNull().ShouldContain(error);
        (Result.Nodes.LastOrDefault(n => n.ErrorType is not null)?.ErrorType ?? type).ShouldBe(type);
        return this;
    }

    private static string Line(ExecutionEvent e) =>
        string.Join(' ', new[] { e.Type, e.Node, e.Branch is null ? null : $"@{e.Branch}" }.Where(part => part is not null));
}
