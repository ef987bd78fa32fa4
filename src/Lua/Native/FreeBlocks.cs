using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>
/// Small blocks that one VM has given back and will want again, one list for each size: taking one costs two loads instead of a call of
/// libc. Every block is libc's own, so it may also go back there. What is kept is bounded, and freed with the VM.
/// </summary>
internal static unsafe partial class FreeBlocks
{
    /// <summary>Bytes of the largest block that is kept.</summary>
    internal const int Largest = 256;

    /// <summary>Bytes that one VM keeps at most; they are not part of its counted memory.</summary>
    internal const int MostKept = 32 * 1024;

    /// <summary>Blocks of a size class hold so many bytes, twice as many, ...; libc rounds in the same way.</summary>
    private const int Grain = 16;

    /// <summary>The lists' heads: one for each class, from 1.</summary>
    internal const int Classes = Largest / Grain + 1;

    [LibraryImport("libc", EntryPoint = "malloc"), SuppressGCTransition]
    private static partial nint Allocate(nuint size);

    [LibraryImport("libc", EntryPoint = "free"), SuppressGCTransition]
    private static partial void Free(nint pointer);

    /// <summary>A block for so many bytes, from 1 to <see cref="Largest"/>; 0 when there is no memory.</summary>
    internal static nint Take(VmBlock* block, nuint size)
    {
        var index = ClassOf(size);
        var head = (nint)block->FreeHeads[index];
        if (head == 0)
            return Allocate(index * Grain);
        block->FreeHeads[index] = *(long*)head;
        block->FreeBytes -= (int)index * Grain;
        return head;
    }

    internal static void Give(VmBlock* block, nint pointer, nuint size)
    {
        var index = ClassOf(size);
        if (block->FreeBytes >= MostKept)
        {
            Free(pointer);
            return;
        }

        *(long*)pointer = block->FreeHeads[index];
        block->FreeHeads[index] = pointer;
        block->FreeBytes += (int)index * Grain;
    }

    /// <summary>What libc is asked for where a block changes its size there: no less than its class holds.</summary>
    internal static nuint Rounded(nuint size) => size <= Largest ? ClassOf(size) * Grain : size;

    internal static bool SameClass(nuint one, nuint other) => ClassOf(one) == ClassOf(other);

    /// <summary>Gives all back to libc.</summary>
    internal static void Clear(VmBlock* block)
    {
        for (var index = 1; index < Classes; index++)
        {
            for (var next = (nint)block->FreeHeads[index]; next != 0;)
            {
                var pointer = next;
                next = *(nint*)next;
                Free(pointer);
            }

            block->FreeHeads[index] = 0;
        }

        block->FreeBytes = 0;
    }

    private static nuint ClassOf(nuint size) => (size + (Grain - 1)) / Grain;
}
