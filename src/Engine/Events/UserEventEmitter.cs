using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Redaction;

namespace Bulkhead.Engine.Events;

/// <summary>
/// One run's events on their way to its user, and to nobody else: an event without a user, of another user or run, or whose run
/// is empty or <c>registry</c> is blocked and counted. Everything that leaves is redacted here. Never blocks and never throws.
/// </summary>
public sealed class UserEventEmitter : IExecutionEvents, IAsyncDisposable
{
    private readonly Lock _order = new();
    private readonly UserExecutionContext _context;
    private readonly UserEventMapper _mapper;
    private readonly UserEventDelivery _delivery;
    private readonly bool _nobodyListens;
    private long _blocked;

    internal UserEventEmitter(UserExecutionContext context, IUserEventBridge bridge, UserEventOptions options, TimeProvider clock)
    {
        _context = context;
        _mapper = new UserEventMapper(context, clock);
        _delivery = new UserEventDelivery(bridge, options, clock);
        _nobodyListens = bridge is SilentBridge;
    }

    public string UserId => _context.UserId;

    public UserEventCounts Counts => _delivery.Counts(Interlocked.Read(ref _blocked));

    /// <summary>Takes an event of the run; what users do not see is passed over.</summary>
    public void Emit(ExecutionEvent executionEvent)
    {
        if (executionEvent.ExecutionId != _context.ExecutionId)
        {
            Interlocked.Increment(ref _blocked);
            return;
        }

        if (_nobodyListens) return;
        lock (_order)
        {
            if (_mapper.Map(executionEvent) is { } userEvent) Send(userEvent);
        }
    }

    /// <summary>Tells the user how the run ended; once per run.</summary>
    public void Complete(ExecutionResult result)
    {
        if (_nobodyListens) return;
        lock (_order) Send(_mapper.Completed(result));
    }

    /// <summary>False when the event is not this run's, or the queue is full.</summary>
    public bool Send(UserEvent userEvent)
    {
        if (IsOurs(userEvent)) return _delivery.TryEnqueue(Redacted(userEvent), last: userEvent.Type == UserEventKind.AgentCompleted);
        Interlocked.Increment(ref _blocked);
        return false;
    }

    /// <summary>Waits a short while for what is still to be delivered.</summary>
    public ValueTask DisposeAsync() => _delivery.DisposeAsync();

    private bool IsOurs(UserEvent userEvent) =>
        !string.IsNullOrWhiteSpace(userEvent.UserId) && userEvent.UserId == _context.UserId
        && !string.IsNullOrWhiteSpace(userEvent.RunId) && userEvent.RunId == _context.RunId
        && userEvent.ExecutionId == _context.ExecutionId && userEvent.TenantId == _context.TenantId;

    private static UserEvent Redacted(UserEvent userEvent) => userEvent with
    {
        Payload = Redacted(userEvent.Payload),
        Parameters = Redacted(userEvent.Parameters),
        Results = Redacted(userEvent.Results),
        FinalResponse = Redacted(userEvent.FinalResponse),
        Reasoning = userEvent.Reasoning is { } reasoning ? Redactor.Cut(reasoning) : null,
    };

    private static JsonElement? Redacted(JsonElement? value) => value is { } element ? Redactor.ForEvent(element) : null;
}
