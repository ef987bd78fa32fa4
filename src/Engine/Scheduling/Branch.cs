using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// One arm of the graph with its own Lua VM, state and variables. The trunk of a state graph is a branch without a name.
/// </summary>
internal sealed class Branch(Run run, string? name, State state, LuaDeadline? deadline, StopSource stop) : IDisposable
{
    private readonly ScriptHost _host = new(run);
    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);
    private LuaVm? _vm;

    public string? Name => name;

    public State State { get; set; } = state;

    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = run.Workflow.Variables;

    /// <summary>Names that scripts and templates see beside state, variables and context (a dependency graph's nodes and input).</summary>
    public IReadOnlyDictionary<string, JsonElement> Scope { get; init; } = JsonFields.Empty;

    /// <summary>Wall time of the branch from its first instruction; null on the trunk.</summary>
    public LuaDeadline? Deadline => deadline;

    /// <summary>Cancelled when the branch has to end: the execution's end, a section's time-out, fail_fast.</summary>
    public StopSource Stop => stop;

    /// <summary>
    /// Where the walk of this branch ends: the fan-in of its section; <see cref="Workflow.EndName"/> on the trunk.
    /// </summary>
    public string Until { get; init; } = Workflow.EndName;

    /// <summary>How often this branch has come to a node, counted from 1.</summary>
    public int CountVisit(string node) => _visits[node] = _visits.GetValueOrDefault(node) + 1;

    /// <summary>The visit that is under way, counted from 1.</summary>
    public int Visit(string node) => _visits.GetValueOrDefault(node, 1);

    /// <summary>Runs a script in this branch's VM. A VM that was stopped is replaced; its globals are lost.</summary>
    public Task<LuaOutcome> RunAsync(
        LuaScript script, IReadOnlyList<LuaGlobal> globals, string node, LuaDeadline? limit, CancellationToken cancellationToken)
    {
        if (_vm is { IsUsable: false }) Dispose();
        _vm ??= new LuaVm(run.Workers, new LuaVmOptions { MemoryLimit = run.MemoryPerVm, Budget = run.Memory, Api = ScriptApi.Instance }, _host);
        _host.Enter(node, name);
        return _vm.RunAsync(script, globals, limit, cancellationToken);
    }

    public void Dispose()
    {
        _vm?.Dispose();
        _vm = null;
    }
}
