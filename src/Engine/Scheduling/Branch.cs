using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// One arm of the graph with its own Lua VM, state and variables. The trunk of a state graph is a branch without a name.
/// </summary>
internal sealed class Branch(Run run, string? name, State state, StopSource stop) : IDisposable
{
    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);

    public string? Name => name;

    public State State { get; set; } = state;

    public ScriptVm Vm { get; init; } = new(run);

    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = run.Workflow.Variables;

    /// <summary>Names that scripts and templates see beside state, variables and context (a dependency graph's nodes and input).</summary>
    public IReadOnlyDictionary<string, JsonElement> Scope { get; init; } = JsonFields.Empty;

    /// <summary>Wall time of the branch, or of the loop that it is in; null on the trunk.</summary>
    public Deadline? Deadline { get; set; }

    /// <summary>Cancelled when the branch has to end: the execution's end, a section's time-out, fail_fast.</summary>
    public StopSource Stop => stop;

    /// <summary>
    /// Where the walk of this branch ends: the fan-in of its section; <see cref="Workflow.EndName"/> on the trunk.
    /// </summary>
    public string Until { get; init; } = Workflow.EndName;

    /// <summary>Of the visit that is under way.</summary>
    public Account Account { get; set; } = new(run.Spending);

    /// <summary>Why the branch has to end now; null while it may go on.</summary>
    public Nodes.NodeFailure? Ended =>
        stop.Token.IsCancellationRequested ? stop.Reason
        : Deadline is { HasPassed: true } deadline ? deadline.Failure
        : null;

    /// <summary>How often this branch has come to a node, counted from 1.</summary>
    public int CountVisit(string node) => _visits[node] = _visits.GetValueOrDefault(node) + 1;

    /// <summary>The visit that is under way, counted from 1.</summary>
    public int Visit(string node) => _visits.GetValueOrDefault(node, 1);

    public Caller Caller(string node) => new(node, name, Account);

    public void Dispose() => Vm.Dispose();
}
