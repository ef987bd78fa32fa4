namespace Bulkhead.Engine;

/// <summary>What one execution may use of its process.</summary>
public sealed record WorkflowLimits
{
    /// <summary>Scripts executing instructions at one moment. Default: the processors.</summary>
    public int MaxWorkers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of one Lua VM. Default 64 MiB.</summary>
    public long MemoryPerVm { get; init; } = 64L << 20;

    /// <summary>Bytes of all Lua VMs together. Default: 60 % of what the process may use.</summary>
    public long MemoryBudget { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 6 / 10;

    /// <summary>Whether documents may hold scripts. Where not, one that does fails before it touches anything; expressions and templates still work. Default true.</summary>
    public bool LuaEnabled { get; init; } = true;
}
