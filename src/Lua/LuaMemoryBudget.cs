using Bulkhead.Lua.Native;

namespace Bulkhead.Lua;

/// <summary>The memory that all VMs of one execution may hold together. Counted in steps of 16 KiB per VM. Safe for concurrent use.</summary>
public sealed unsafe class LuaMemoryBudget
{
    // Pinned, because the VMs' allocators count in it; each VM holds this object for as long as it lives.
    private readonly long[] _counters = GC.AllocateArray<long>(3, pinned: true);

    /// <param name="limitBytes">For a worker: 60 % of the process's memory limit.</param>
    public LuaMemoryBudget(long limitBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limitBytes);
        _counters[BudgetShare.LimitSlot] = limitBytes;
    }

    /// <summary>Bytes.</summary>
    public long Limit => _counters[BudgetShare.LimitSlot];

    /// <summary>Bytes reserved by the VMs now.</summary>
    public long Used => Volatile.Read(ref _counters[BudgetShare.UsedSlot]);

    /// <summary>The most that was ever reserved.</summary>
    public long Peak => Volatile.Read(ref _counters[BudgetShare.PeakSlot]);

    internal long* Counters
    {
        get
        {
            fixed (long* first = _counters)
                return first;
        }
    }
}
