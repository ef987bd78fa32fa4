namespace Bulkhead.Engine.Contexts;

/// <summary>Something of an execution was used after its end.</summary>
public sealed class ExecutionEndedException(string executionId) : InvalidOperationException($"execution {executionId} has ended");
