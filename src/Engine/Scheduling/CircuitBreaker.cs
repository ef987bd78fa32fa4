using Bulkhead.Api.Workflows;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// Stops calling what keeps failing. Counts consecutive failures, as documents ask; Polly's breaker counts a ratio in a time window and lets
/// one call through while half open, so it cannot express <c>failure_threshold</c> and <c>half_open_max_calls</c>.
/// <code>
/// closed --threshold failures--> open --reset_timeout--> half_open --success--> closed
///                                  ^------------------------ failure --'
/// </code>
/// </summary>
internal sealed class CircuitBreaker(CircuitBreakerSettings settings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _failures;
    private int _halfOpenCalls;
    private long? _openedAt;

    public string State
    {
        get
        {
            lock (_lock) return Current;
        }
    }

    private string Current => _openedAt is not { } opened ? "closed" : clock.GetElapsedTime(opened) < settings.ResetTimeout ? "open" : "half_open";

    /// <summary>Whether one call may be made now.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            return Current switch
            {
                "closed" => true,
                "half_open" => TryEnterHalfOpen(),
                _ => false,
            };
        }
    }

    /// <summary>Gives a call back that was cancelled: it says nothing about what it called.</summary>
    public void Leave()
    {
        lock (_lock) _halfOpenCalls = Math.Max(0, _halfOpenCalls - 1);
    }

    public void Record(bool success)
    {
        lock (_lock)
        {
            if (success)
            {
                (_failures, _halfOpenCalls, _openedAt) = (0, 0, null);
                return;
            }

            _failures++;
            if (_openedAt is null && _failures < settings.FailureThreshold) return;
            (_openedAt, _halfOpenCalls) = (clock.GetTimestamp(), 0);
        }
    }

    private bool TryEnterHalfOpen()
    {
        if (_halfOpenCalls == settings.HalfOpenMaxCalls) return false;
        _halfOpenCalls++;
        return true;
    }
}
