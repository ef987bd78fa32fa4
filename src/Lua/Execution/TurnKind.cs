namespace Bulkhead.Lua.Execution;

/// <summary>Why a script's coroutine came back to C#.</summary>
internal enum TurnKind
{
    Returned,
    Failed,
    HostCall,
    Stopped,
}
