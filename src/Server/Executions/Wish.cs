namespace Bulkhead.Server.Executions;

/// <summary>Why a running execution is to stop; a later one wins over an earlier one.</summary>
internal enum Wish
{
    None,
    Suspend,
    ServerStop,
    Cancel,
}
