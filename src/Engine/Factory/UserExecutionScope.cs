namespace Bulkhead.Engine.Factory;

/// <summary>An engine that is cleaned up at the end of a block, whatever happens in it.</summary>
public sealed class UserExecutionScope : IAsyncDisposable
{
    private readonly ExecutionEngineFactory _factory;

    internal UserExecutionScope(ExecutionEngineFactory factory, UserExecutionEngine engine) => (_factory, Engine) = (factory, engine);

    public UserExecutionEngine Engine { get; }

    public async ValueTask DisposeAsync() => await _factory.CleanUpAsync(Engine);
}
