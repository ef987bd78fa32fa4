using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>Hears the worker's events as they come.</summary>
public interface IEventListener
{
    /// <param name="executionEvent">The event.</param>
    /// <param name="line">The same as the worker wrote it: one line of JSON.</param>
    void Take(ExecutionEvent executionEvent, string line);
}
