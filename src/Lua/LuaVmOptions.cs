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

    /// <summary>Lines that one VM prints in its life; after them comes one that says so, and then none. Default 1,000.</summary>
    public int PrintLines { get; init; } = 1000;

    /// <summary>The same for bytes of UTF-8. Default 256 KiB.</summary>
    public int PrintBytes { get; init; } = 256 * 1024;
}
