using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;

namespace Bulkhead.Conformance;

/// <summary>Keeps events in order of arrival, and shows each to a watcher first.</summary>
internal sealed class EventRecorder(Func<ExecutionEvent, ExecutionEvent> change, Action<ExecutionEvent> watch) : IExecutionEvents
{
    private readonly ConcurrentQueue<ExecutionEvent> _events = new();

    public IReadOnlyList<ExecutionEvent> All => [.. _events];

    public void Emit(ExecutionEvent executionEvent)
    {
        ExecutionEvent seen = change(executionEvent);
        watch(seen);
        _events.Enqueue(seen);
    }
}
