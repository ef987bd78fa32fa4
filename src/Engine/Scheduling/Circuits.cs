using System.Collections.Concurrent;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Engine.Scheduling;

/// <summary>The circuit breakers of one execution, one for each branch of each section: a section in a loop meets its own again.</summary>
internal sealed class Circuits(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CircuitBreaker> _breakers = new(StringComparer.Ordinal);

    public CircuitBreaker? For(string branch, CircuitBreakerSettings? settings) =>
        settings is null ? null : _breakers.GetOrAdd(branch, _ => new CircuitBreaker(settings, clock));
}
