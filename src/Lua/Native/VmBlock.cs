using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>
/// What the native callbacks of one VM share: limits, counters and the reason to stop. It lies in unmanaged memory; the allocator
/// gets it as user data, hook and functions find it in the extra space before each lua_State (Lua copies that into every coroutine).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VmBlock
{
    /// <summary>Bytes held now, and the most ever held.</summary>
    internal long Used;
    internal long Peak;

    /// <summary>Bytes beyond which everything is refused, and beyond which new objects are.</summary>
    internal long Limit;
    internal long ObjectLimit;

    /// <summary>Not 0 while C# itself touches the Lua stack: nothing is refused then, because an error would have no handler.</summary>
    internal int Unlimited;

    /// <summary>Set by any thread, under the VM's lock; never reset.</summary>
    internal int CancelRequested;

    /// <summary>A <see cref="StopReason"/>. Once set it stays.</summary>
    internal int Reason;

    /// <summary>The instant (<see cref="Stopwatch"/> ticks) at which the script must stop.</summary>
    internal long Deadline;

    internal HookPace Pace;

    /// <summary>The request refused last, while nothing has grown since; asked again, it is a hit.</summary>
    internal int RefusalPending;
    internal nint RefusedPointer;
    internal nuint RefusedOldSize;
    internal nuint RefusedSize;

    /// <summary>How many requests were refused since the run began.</summary>
    internal long Refusals;

    /// <summary>The execution's budget as {used, peak, limit}, or null; and what this VM has reserved of it.</summary>
    internal long* Budget;
    internal long Reserved;

    /// <summary>See <see cref="FreeBlocks"/>.</summary>
    internal int FreeBytes;
    internal fixed long FreeHeads[FreeBlocks.Classes];

    /// <summary>A GCHandle of the receiver of printed lines, and how many lines and bytes it still takes.</summary>
    internal nint Print;
    internal int PrintLinesLeft;
    internal int PrintBytesLeft;

    internal static VmBlock* Of(nint state) => *(VmBlock**)(state - sizeof(nint));

    internal static void Attach(nint state, VmBlock* block) => *(VmBlock**)(state - sizeof(nint)) = block;

    /// <summary>True when the script must stop; records the reason at the first look that finds one.</summary>
    internal static bool MustStop(VmBlock* block, long now)
    {
        if (block->Reason != (int)StopReason.None)
            return true;
        if (Volatile.Read(ref block->CancelRequested) != 0)
            block->Reason = (int)StopReason.Cancelled;
        else if (now >= block->Deadline)
            block->Reason = (int)StopReason.TimedOut;
        return block->Reason != (int)StopReason.None;
    }
}
