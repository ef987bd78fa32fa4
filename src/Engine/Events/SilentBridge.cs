namespace Bulkhead.Engine.Events;

/// <summary>The bridge of a process whose users listen elsewhere: the worker, whose events go to its own output. Nothing is prepared for it.</summary>
public sealed class SilentBridge : IUserEventBridge
{
    public Task SendAsync(UserEvent userEvent, CancellationToken cancellationToken) => Task.CompletedTask;
}
