namespace Bulkhead.Lua.Native;

/// <summary>Why a script must stop, as recorded in its VM's block. Once set it never changes.</summary>
internal enum StopReason
{
    None = 0,
    Cancelled,
    TimedOut,
    OutOfMemory,
}
