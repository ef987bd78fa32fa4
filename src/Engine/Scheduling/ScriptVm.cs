using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>The Lua VM of one branch: made when its first script comes, replaced after a script was stopped.</summary>
internal sealed class ScriptVm(Run run) : IDisposable
{
    private readonly ScriptHost _host = new(run);
    private LuaVm? _vm;

    /// <summary>Runs a script. A VM that was stopped is replaced; its globals are lost.</summary>
    public Task<LuaOutcome> RunAsync(
        Branch branch, string node, LuaScript script, IReadOnlyList<LuaGlobal> globals, LuaDeadline? limit, CancellationToken cancellationToken)
    {
        if (_vm is { IsUsable: false }) Dispose();
        _vm ??= new LuaVm(run.Workers, new LuaVmOptions { MemoryLimit = run.MemoryPerVm, Budget = run.Memory, Api = run.Api, Print = _host.Print }, _host);
        _host.Enter(branch.Caller(node));
        return _vm.RunAsync(script, globals, limit, cancellationToken);
    }

    public void Dispose()
    {
        _vm?.Dispose();
        _vm = null;
    }
}
