using Bulkhead.Api.Contract;

namespace Bulkhead.Engine.Events;

/// <summary>Where an execution's events go. Never blocks and never throws: a slow listener must not slow a run.</summary>
public interface IExecutionEvents
{
    void Emit(ExecutionEvent executionEvent);
}
