using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Bulkhead.Lua.Native;

/// <summary>The functions in C# that the prelude gets. None raises: no managed frame may lie under a Lua error.</summary>
internal static unsafe class PreludeFunctions
{
    private const int LongestLine = 8 * 1024;
    private const string LastLine = "print: the limit of lines or bytes is reached; nothing more is printed";
    private const int DeepestProtectedCall = 10_000;

    internal static nint Stopped => (nint)(delegate* unmanaged<nint, int>)&StoppedEntry;

    internal static nint Deep => (nint)(delegate* unmanaged<nint, int>)&DeepEntry;

    internal static nint Print => (nint)(delegate* unmanaged<nint, int>)&PrintEntry;

    /// <summary>stopped() -> boolean.</summary>
    [UnmanagedCallersOnly]
    private static int StoppedEntry(nint state) => IsStopped(state);

    /// <summary>print(line): the prelude passes exactly one string.</summary>
    [UnmanagedCallersOnly]
    private static int PrintEntry(nint state) => PrintLine(state);

    /// <summary>deep() -> boolean: the coroutine's stack has more frames than a protected call may add to.</summary>
    [UnmanagedCallersOnly]
    private static int DeepEntry(nint state) => IsDeep(state);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int IsDeep(nint state)
    {
        // lua_getstack writes one pointer into a lua_Debug, which is smaller than this on every platform.
        var record = stackalloc byte[256];
        LuaFast.PushBoolean(state, LuaFast.GetStack(state, DeepestProtectedCall, record));
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int IsStopped(nint state)
    {
        var stopped = VmBlock.MustStop(VmBlock.Of(state), Stopwatch.GetTimestamp());
        LuaFast.PushBoolean(state, stopped ? 1 : 0);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PrintLine(nint state)
    {
        try
        {
            var block = VmBlock.Of(state);
            if (block->Print == 0 || block->PrintLinesLeft < 0 || LuaFast.TypeAt(state, 1) != LuaType.String)
                return 0;
            var bytes = LuaFast.StringAt(state, 1);
            bytes = bytes[..Math.Min(bytes.Length, LongestLine)];
            block->PrintLinesLeft--;
            block->PrintBytesLeft -= bytes.Length;
            if (block->PrintBytesLeft < 0)
                block->PrintLinesLeft = -1;
            var line = block->PrintLinesLeft < 0 ? LastLine : Encoding.UTF8.GetString(bytes);
            ((Action<string>)GCHandle.FromIntPtr(block->Print).Target!)(line);
        }
        catch (Exception)
        {
            // A receiver's fault is not the script's, and an exception may not cross into native code.
        }

        return 0;
    }
}
