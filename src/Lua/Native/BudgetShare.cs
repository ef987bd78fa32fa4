namespace Bulkhead.Lua.Native;

/// <summary>One VM's share of the execution's memory budget, taken and returned in steps so that VMs seldom meet on its counter.</summary>
internal static unsafe class BudgetShare
{
    internal const int Step = 16 * 1024;
    private const int Slack = 4 * Step;

    internal const int UsedSlot = 0;
    internal const int PeakSlot = 1;
    internal const int LimitSlot = 2;

    /// <summary>Makes sure that the share covers the total. False when the budget (its given percentage) has no room.</summary>
    internal static bool Take(VmBlock* block, long total, int share, bool always)
    {
        var missing = total - block->Reserved;
        if (block->Budget == null || missing <= 0)
            return true;
        missing = (missing + Step - 1) / Step * Step;
        var used = Interlocked.Add(ref block->Budget[UsedSlot], missing);
        if (!always && used > block->Budget[LimitSlot] / 100 * share)
        {
            Interlocked.Add(ref block->Budget[UsedSlot], -missing);
            return false;
        }

        block->Reserved += missing;
        RaisePeak(block->Budget, used);
        return true;
    }

    /// <summary>Gives back what the VM no longer needs, once it is worth the trip.</summary>
    internal static void Return(VmBlock* block)
    {
        if (block->Reserved - block->Used > Slack)
            ReturnTo(block, (block->Used / Step + 1) * Step);
    }

    internal static void ReturnAll(VmBlock* block)
    {
        if (block->Budget != null)
            ReturnTo(block, 0);
    }

    internal static bool IsOver(VmBlock* block) =>
        block->Budget != null && Volatile.Read(ref block->Budget[UsedSlot]) > block->Budget[LimitSlot];

    private static void ReturnTo(VmBlock* block, long kept)
    {
        Interlocked.Add(ref block->Budget[UsedSlot], kept - block->Reserved);
        block->Reserved = kept;
    }

    private static void RaisePeak(long* budget, long used)
    {
        var peak = Volatile.Read(ref budget[PeakSlot]);
        while (used > peak)
        {
            var seen = Interlocked.CompareExchange(ref budget[PeakSlot], used, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }
}
