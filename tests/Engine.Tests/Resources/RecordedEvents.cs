using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Tests.Resources;

/// <summary>Keeps what was emitted, in order.</summary>
internal sealed class RecordedEvents : IExecutionEvents
{
    private readonly ConcurrentQueue<ExecutionEvent> _events = new();

    public IReadOnlyList<ExecutionEvent> All => [.. _events];

    public void Emit(ExecutionEvent executionEvent) => _events.Enqueue(executionEvent);

    public IReadOnlyList<ExecutionEvent> Named(string name) => [.. _events.Where(e => Field(e, "event") == name)];

    public IReadOnlyList<string> Messages => [.. _events.Select(e => Field(e, "message"))];

    public static string Field(ExecutionEvent executionEvent, string field) =>
        executionEvent.Fields is { } fields && fields.TryGetValue(field, out System.Text.Json.JsonElement value) ? value.ToString() : "";
}
