using Bulkhead.Api.Loading;
using Bulkhead.Engine;
using Bulkhead.Engine.Factory;
using Bulkhead.Lua;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The public surface is an approved file: a change shows in a review.</summary>
public sealed class SurfaceRows
{
    [Fact(DisplayName = "PY-002-INT-007 the public surface of the Lua room is the approved one"), Trait("Seed", "PY-002-INT-007")]
    public void Surface_OfLua_IsApproved() => Compare("lua-surface.txt", PublicSurface.Of(typeof(LuaVm).Assembly.GetExportedTypes()));

    [Fact(DisplayName = "RUST-030-E2E-005 the public surface of loading and running is the approved one"), Trait("Seed", "RUST-030-E2E-005")]
    public void Surface_OfRunning_IsApproved() => Compare("running-surface.txt", PublicSurface.Of(
        typeof(WorkflowLoader), typeof(LoadResult), typeof(ExecutionEngineFactory), typeof(UserExecutionEngine), typeof(UserExecutionScope),
        typeof(LocalHost), typeof(WorkflowLimits), typeof(Checkpoints)));

    private static void Compare(string file, IReadOnlyList<string> surface)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "ParallelLua", "approved");
        var approved = Path.Combine(folder, file);
        File.WriteAllLines($"{approved}.received", surface);
        var known = File.ReadAllLines(approved);
        IEnumerable<string> changes = [.. surface.Except(known).Select(line => $"+ {line}"), .. known.Except(surface).Select(line => $"- {line}")];
        changes.ShouldBeEmpty($"compare {file}.received with the approved file; copy it over when the change is meant");
    }
}
