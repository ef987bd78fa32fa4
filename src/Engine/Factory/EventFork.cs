using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Factory;

/// <summary>Gives each event of a run to its user and to the process that runs it.</summary>
internal sealed class EventFork(IExecutionEvents user, IExecutionEvents process) : IExecutionEvents
{
    public void Emit(ExecutionEvent executionEvent)
    {
        process.Emit(executionEvent);
        user.Emit(executionEvent);
    }
}
