using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>
/// The allocator of a VM: counts bytes and refuses beyond the limits. Never throws: it calls libc's realloc and free.
/// <para>
/// The body of each UnmanagedCallersOnly method is exactly one call of a NoInlining method: where a call without GC transition
/// (also <see cref="Stopwatch.GetTimestamp"/>) lies in it directly, .NET 10 may place its GC poll after the way out, and the process aborts.
/// </para>
/// </summary>
internal static unsafe partial class Allocator
{
    /// <summary>A request of this size looks at the clock first: loops over large strings reach the hook too seldom.</summary>
    private const int LargeRequest = 32 * 1024;

    /// <summary>Blocks below this size never reach the kernel one by one: libc is quick enough to call without GC transition.</summary>
    private const int SmallBlock = 4 * 1024;

    [LibraryImport("libc", EntryPoint = "realloc")]
    private static partial nint Reallocate(nint pointer, nuint size);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint pointer);

    [LibraryImport("libc", EntryPoint = "realloc"), SuppressGCTransition]
    private static partial nint ReallocateSmall(nint pointer, nuint size);

    [LibraryImport("libc", EntryPoint = "free"), SuppressGCTransition]
    private static partial void FreeSmall(nint pointer);

    [UnmanagedCallersOnly]
    internal static nint Entry(nint block, nint pointer, nuint oldSize, nuint size) =>
        Allocate((VmBlock*)block, pointer, oldSize, size);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Allocate(VmBlock* block, nint pointer, nuint oldSize, nuint size)
    {
        if (pointer == 0 && size - 1 < FreeBlocks.Largest && IsPlain(block, block->Used + (long)size) && FreeBlocks.Take(block, size) is var small and not 0)
        {
            Settle(block, (long)size);
            return small;
        }

        var held = pointer == 0 ? 0 : (long)oldSize;
        if (size == 0)
        {
            Release(block, pointer, held);
            Settle(block, -held);
            return 0;
        }

        // Lua never asks for more than the address space, but a request near it must not overflow the sum.
        var growth = size > long.MaxValue / 4 ? long.MaxValue / 4 : (long)size - held;
        if (growth > 0 && !Admit(block, pointer, oldSize, size, growth))
            return 0;
        var result = Resize(block, pointer, (nuint)held, size);
        if (result == 0)
            return growth > 0 ? 0 : pointer;
        Settle(block, growth);
        return result;
    }

    /// <summary>Nothing to decide: below every limit, nothing was refused, and the share of the budget covers it.</summary>
    private static bool IsPlain(VmBlock* block, long total) =>
        total <= block->ObjectLimit && block->Unlimited == 0 && block->RefusalPending == 0 && (block->Budget == null || total <= block->Reserved);

    private static void Release(VmBlock* block, nint pointer, long held)
    {
        if (pointer == 0)
            return;
        if (held <= FreeBlocks.Largest)
            FreeBlocks.Give(block, pointer, (nuint)held);
        else if (held < SmallBlock)
            FreeSmall(pointer);
        else
            Free(pointer);
    }

    private static nint Resize(VmBlock* block, nint pointer, nuint held, nuint size)
    {
        if (pointer == 0 && size <= FreeBlocks.Largest)
            return FreeBlocks.Take(block, size);
        if (held <= FreeBlocks.Largest && size <= FreeBlocks.Largest && pointer != 0)
            return Move(block, pointer, held, size);
        size = FreeBlocks.Rounded(size);
        return size < SmallBlock && held < SmallBlock ? ReallocateSmall(pointer, size) : Reallocate(pointer, size);
    }

    private static nint Move(VmBlock* block, nint pointer, nuint held, nuint size)
    {
        if (FreeBlocks.SameClass(held, size))
            return pointer;
        var moved = FreeBlocks.Take(block, size);
        if (moved == 0)
            return 0;
        Buffer.MemoryCopy((void*)pointer, (void*)moved, size, Math.Min(held, size));
        FreeBlocks.Give(block, pointer, held);
        return moved;
    }

    private static void Settle(VmBlock* block, long growth)
    {
        block->Used += growth;
        if (growth > 0)
        {
            block->RefusalPending = 0;
            if (block->Used > block->Peak)
                block->Peak = block->Used;
        }
        else if (block->Budget != null)
        {
            BudgetShare.Return(block);
        }
    }

    /// <summary>
    /// New objects (no pointer, a type tag as old size) are refused beyond 80 % of the limit, everything else beyond 100 %, so that
    /// string buffers, which get no emergency collection, find room. After a first refusal Lua collects and asks again; refused
    /// again, or granted only by a sliver that would mean a full collection every few objects, it is a hit.
    /// </summary>
    private static bool Admit(VmBlock* block, nint pointer, nuint oldSize, nuint size, long growth)
    {
        if (block->Unlimited != 0)
        {
            BudgetShare.Take(block, block->Used + growth, share: 100, always: true);
            return true;
        }

        if (size >= LargeRequest && VmBlock.MustStop(block, Stopwatch.GetTimestamp()))
            return Refuse(block, pointer, oldSize, size);
        var isObject = pointer == 0 && oldSize != 0;
        var again = IsPending(block, pointer, oldSize, size);
        var limit = isObject ? block->ObjectLimit : block->Limit;
        if (again && isObject)
            limit -= block->Limit / 32;
        var total = block->Used + growth;
        if (total <= limit && BudgetShare.Take(block, total, isObject ? 80 : 100, always: false))
            return true;
        if (again && block->Reason == (int)StopReason.None)
            block->Reason = (int)StopReason.OutOfMemory;
        return Refuse(block, pointer, oldSize, size);
    }

    private static bool IsPending(VmBlock* block, nint pointer, nuint oldSize, nuint size) =>
        block->RefusalPending != 0 && block->RefusedPointer == pointer
        && block->RefusedOldSize == oldSize && block->RefusedSize == size;

    private static bool Refuse(VmBlock* block, nint pointer, nuint oldSize, nuint size)
    {
        block->RefusalPending = 1;
        block->RefusedPointer = pointer;
        block->RefusedOldSize = oldSize;
        block->RefusedSize = size;
        block->Refusals++;
        return false;
    }
}
