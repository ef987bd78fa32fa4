using System.Text.Json;
using System.Threading.Channels;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Events;

namespace Bulkhead.Worker;

/// <summary>
/// Writes events to standard output, one JSON line each, from one task. A reader that stops reading never blocks the run:
/// beyond <see cref="Capacity"/> waiting events new ones are dropped, and their number stands in the event <c>dropped</c> at the end.
/// </summary>
internal sealed class EventWriter : IExecutionEvents, IAsyncDisposable
{
    private const int Capacity = 65_536;
    private readonly Channel<ExecutionEvent> _events = Channel.CreateBounded<ExecutionEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Stream _output;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private ExecutionEvent? _first;
    private long _dropped;

    public EventWriter(Stream output, TimeProvider clock)
    {
        (_output, _clock) = (output, clock);
        _writing = Task.Run(WriteAllAsync);
    }

    public void Emit(ExecutionEvent executionEvent)
    {
        Interlocked.CompareExchange(ref _first, executionEvent, null);
        if (!_events.Writer.TryWrite(executionEvent)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Ends the events and writes one last line.</summary>
    public async Task FinishAsync(string prefix, byte[] json)
    {
        await DisposeAsync();
        if (_first is { } first && Interlocked.Read(ref _dropped) is > 0 and var dropped) await WriteAsync(Dropped(first, dropped));
        await WriteAsync(prefix);
        await WriteAsync(json);
        await WriteAsync("\n"u8.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        var batch = new MemoryStream();
        while (await _events.Reader.WaitToReadAsync())
        {
            batch.SetLength(0);
            while (batch.Length < 65_536 && _events.Reader.TryRead(out var executionEvent))
            {
                JsonSerializer.Serialize(batch, executionEvent, ContractJson.Default.ExecutionEvent);
                batch.WriteByte((byte)'\n');
            }

            await WriteAsync(batch.ToArray());
        }
    }

    /// <summary>Says whose events they were in the same words as the first event, <c>worker_started</c>.</summary>
    private byte[] Dropped(ExecutionEvent first, long count)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["count"] = JsonElement.Parse($"{count}") };
        if (first.Fields?.TryGetValue("tenant_id", out var tenant) == true) fields["tenant_id"] = tenant;
        var dropped = new ExecutionEvent { Type = "dropped", Timestamp = _clock.GetUtcNow(), ExecutionId = first.ExecutionId, Fields = fields };
        return [.. JsonSerializer.SerializeToUtf8Bytes(dropped, ContractJson.Default.ExecutionEvent), (byte)'\n'];
    }

    private Task WriteAsync(string text) => WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A reader that is gone is no reason to stop a run.</summary>
    private async Task WriteAsync(byte[] bytes)
    {
        try
        {
            await _output.WriteAsync(bytes);
            await _output.FlushAsync();
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
