using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;

namespace Bulkhead.Load;

internal sealed class NoEvents : IExecutionEvents
{
    public void Emit(ExecutionEvent executionEvent)
    {
    }
}
