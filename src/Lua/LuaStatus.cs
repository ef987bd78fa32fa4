namespace Bulkhead.Lua;

/// <summary>How a run of a script ended.</summary>
public enum LuaStatus
{
    /// <summary>It returned.</summary>
    Ok,

    /// <summary>It did not compile, raised an error that it did not catch, or returned what JSON cannot hold. The VM stays usable.</summary>
    Error,

    /// <summary>Its deadline passed. The VM is closed.</summary>
    TimedOut,

    /// <summary>It was cancelled. The VM is closed once it had begun.</summary>
    Cancelled,

    /// <summary>It needed more memory than the VM's limit or the execution's budget allows. The VM is closed.</summary>
    OutOfMemory,
}
