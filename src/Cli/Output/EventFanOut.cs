using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli.Output;

/// <summary>Hands each event to every listener, in order.</summary>
internal sealed class EventFanOut(IReadOnlyList<IEventListener> listeners) : IEventListener
{
    public void Take(ExecutionEvent executionEvent, string line)
    {
        foreach (var listener in listeners) listener.Take(executionEvent, line);
    }
}
