namespace Bulkhead.Engine.Contexts;

/// <summary>A clean-up that threw at the end of an execution; the ones after it ran all the same.</summary>
/// <param name="Name">What <see cref="UserExecutionContext.OnEnd"/> was told.</param>
/// <param name="Message">The exception's message.</param>
public sealed record CleanupFailure(string Name, string Message);
