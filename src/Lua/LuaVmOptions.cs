namespace Bulkhead.Lua;

/// <summary>Settings of one VM.</summary>
public sealed record LuaVmOptions
{
    /// <summary>Bytes that the VM may hold. Default 64 MiB; at least 256 KiB.</summary>
    public long MemoryLimit { get; init; } = 64L * 1024 * 1024;

    /// <summary>The execution's budget, shared by its VMs. Default: none.</summary>
    public LuaMemoryBudget? Budget { get; init; }

    /// <summary>The host functions. Default: none.</summary>
    public LuaApi Api { get; init; } = new();

    /// <summary>
    /// How long after its deadline or cancellation a script that sits inside one C function is waited for. Default 250 ms.
    /// </summary>
    public TimeSpan AbandonGrace { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Receives each line that a script prints (at most 8 KiB of it), on the script's thread; must be quick. What it throws is lost. Default: none.
    /// </summary>
    public Action<string>? Print { get; init; }
}
