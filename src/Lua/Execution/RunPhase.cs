namespace Bulkhead.Lua.Execution;

/// <summary>
/// Who owns a run's VM. Changed only under the VM's lock.
/// <code>
/// Queued -> Running -> Waiting -> Queued ...      Queued, Waiting: nobody executes; whoever ends the run owns the VM
///              |          |                      Running: the worker thread owns it, also after the run was abandoned
///              +--> Ended &lt;+
/// </code>
/// </summary>
internal enum RunPhase
{
    Queued,
    Running,
    Waiting,
    Ended,
}
