using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Factory;
using Bulkhead.Lua;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The public surface is an approved file: a change shows in a review.</summary>
public sealed class SurfaceRows
{
    [Fact(DisplayName = "PY-002-INT-007 the public surface of the Lua room is the approved one"), Trait("Seed", "PY-002-INT-007")]
    public void Surface_OfLua_IsApproved()
    {
        Type[] types = typeof(LuaVm).Assembly.GetExportedTypes();
        Compare("lua-surface.txt", PublicSurface.Of(types));
        Notices("lua-surface.txt", types, typeof(LuaVm), typeof(Changed.LuaVm));
        new WorkflowLimits().LuaEnabled.ShouldBeTrue("the seed's lua_enabled is the default");
        new ParallelSettings().LuaTimeout.ShouldBe(TimeSpan.FromSeconds(30), "the seed's lua_timeout is the default");
    }

    [Fact(DisplayName = "RUST-030-E2E-005 the public surface of loading and running is the approved one"), Trait("Seed", "RUST-030-E2E-005")]
    public void Surface_OfRunning_IsApproved()
    {
        Type[] types =
        [
            typeof(WorkflowLoader), typeof(LoadResult), typeof(ExecutionEngineFactory), typeof(UserExecutionEngine), typeof(UserExecutionScope),
            typeof(LocalHost), typeof(WorkflowLimits), typeof(Checkpoints),
        ];
        Compare("running-surface.txt", PublicSurface.Of(types));
        Notices("running-surface.txt", types, typeof(WorkflowLoader), typeof(Changed.WorkflowLoader));
    }

    /// <summary>A release in which one type has another signature: the same comparison must refuse it.</summary>
    private static void Notices(string file, IEnumerable<Type> types, Type type, Type changed) => Should.Throw<ShouldAssertException>(
        () => Compare(file, PublicSurface.Of([.. types.Select(t => t == type ? changed : t)])), $"the row does not notice a changed {type.Name}");

    private static void Compare(string file, IReadOnlyList<string> surface)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "ParallelLua", "approved");
        var approved = Path.Combine(folder, file);
        File.WriteAllLines($"{approved}.received", surface);
        var known = File.ReadAllLines(approved);
        IEnumerable<string> changes = [.. surface.Except(known).Select(line => $"+ {line}"), .. known.Except(surface).Select(line => $"- {line}")];
        changes.ShouldBeEmpty($"compare {file}.received with the approved file; copy it over when the change is meant");
    }

    private static class Changed
    {
        internal sealed class LuaVm
        {
            public long UsedBytes() => 0;
        }

        internal static class WorkflowLoader
        {
            public static void Load(string text) => ArgumentNullException.ThrowIfNull(text);
        }
    }
}
