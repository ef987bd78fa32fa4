namespace Bulkhead.Lua.Execution;

/// <summary>Why a script's coroutine came back to C#.</summary>
internal enum TurnKind
{
    Returned,
    Failed,
    HostCall,

    /// <summary>A host call whose arguments cannot be JSON: answered with an error at once.</summary>
    RefusedCall,
    Stopped,
}
