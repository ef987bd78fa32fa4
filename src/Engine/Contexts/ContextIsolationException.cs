namespace Bulkhead.Engine.Contexts;

/// <summary>Two executions share something that changes. Never retried: the wiring is wrong.</summary>
public sealed class ContextIsolationException(string message) : Exception(message);
