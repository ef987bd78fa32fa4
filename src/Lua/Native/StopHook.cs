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
    private static readonly nint NativeError = NativeLibrary.GetExport(LuaLibrary.Handle, "luaL_error");

    internal static void Arm(nint state) => SetCount(state, HookPace.Most);

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

        var count = LuaFast.GetHookCount(state);
        var wanted = block->Pace.Next(now, count, block->Used, block->Limit);
        if (wanted == count)
            return;
        SetCount(state, wanted);
        block->Pace.Changed(now, Stopwatch.GetTimestamp());
    }

    private static void SetCount(nint state, int count) =>
        LuaNative.SetHook(state, (nint)(delegate* unmanaged<nint, nint, void>)&Entry, LuaNative.MaskCount, count);
}
