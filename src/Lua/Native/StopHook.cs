using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>
/// The count hook which stops scripts. It never raises: when the script must stop it puts the library's own <c>luaL_error</c>
/// in its own place, to be called at every instruction from the next one on, and returns. As a hook, luaL_error reads the
/// lua_Debug record as its format: an event code of 3 followed by zeros, a message of one harmless character.
/// Coroutines inherit the hook that their creator has.
/// </summary>
internal static unsafe class StopHook
{
    /// <summary>Instructions between two looks at the clock.</summary>
    internal const int Count = 1000;

    private static readonly long SlowInterval = Stopwatch.Frequency / 200;
    private static readonly nint NativeError = NativeLibrary.GetExport(LuaLibrary.Handle, "luaL_error");

    internal static void Arm(nint state) =>
        LuaNative.SetHook(state, (nint)(delegate* unmanaged<nint, nint, void>)&Entry, LuaNative.MaskCount, Count);

    [UnmanagedCallersOnly]
    private static void Entry(nint state, nint record) => Look(state);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Look(nint state)
    {
        var block = VmBlock.Of(state);
        var now = Stopwatch.GetTimestamp();
        if (VmBlock.MustStop(block, now))
        {
            LuaNative.SetHook(state, NativeError, LuaNative.MaskCount, 1);
            return;
        }

        var taken = now - block->HookedAt;
        block->HookedAt = now;
        var count = LuaFast.GetHookCount(state);
        var wanted = NextCount(block, taken, count);
        if (wanted != count)
            LuaNative.SetHook(state, (nint)(delegate* unmanaged<nint, nint, void>)&Entry, LuaNative.MaskCount, wanted);
    }

    /// <summary>
    /// Looks more often where single instructions take long: after a slow interval, and near the memory limit, where each
    /// new object may cost a full collection. Otherwise a thousand calls of string.rep could outlast the deadline by seconds.
    /// </summary>
    private static int NextCount(VmBlock* block, long taken, int count)
    {
        var most = block->Used > block->Limit / 4 * 3 ? 16 : block->Used > block->Limit / 2 ? 128 : Count;
        if (taken > SlowInterval)
            return Math.Max(1, Math.Min(most, count / 8));
        return Math.Min(most, count * 2);
    }
}
