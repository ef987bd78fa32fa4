using System.Text.Json;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>
/// How the parts that a row looks at are put together. A row passes with <see cref="Real"/> and must fail with the wiring that breaks
/// what it is about; otherwise it would show nothing.
/// </summary>
internal sealed record Wiring
{
    public static Wiring Real { get; } = new();

    public Func<ContextFields, UserExecutionContext> Context { get; init; } = fields => UserExecutionContext.Create(fields, TimeProvider.System);

    public Func<UserExecutionContext, string, JsonElement?, UserExecutionContext> Child { get; init; } =
        (parent, operation, agentContext) => parent.CreateChild(operation, agentContext);

    public Func<object?, UserExecutionContext> Require { get; init; } = UserExecutionContext.Require;

    public EngineFactoryOptions Options { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<IExecutionHost> Host { get; init; } = Hosts.Local;

    public Func<IUserEventBridge, IUserEventBridge> Bridge { get; init; } = bridge => bridge;

    public Func<Wiring, IUserEventBridge?, ExecutionEngineFactory> Factory { get; init; } =
        (wiring, bridge) => new ExecutionEngineFactory(bridge is null ? null : wiring.Bridge(bridge), wiring.Host(), wiring.Options, wiring.Clock);

    public Func<ExecutionEngineFactory, ContextFields, Task<UserExecutionEngine>> Create { get; init; } =
        (factory, fields) => factory.CreateForUserAsync(fields, CancellationToken.None);

    public Func<ExecutionEngineFactory, UserExecutionEngine, Task> CleanUp { get; init; } = (factory, engine) => factory.CleanUpAsync(engine);

    public Func<UserExecutionEngine, Mailboxes, UserEvent, bool> Send { get; init; } = (engine, _, userEvent) => engine.Emitter.Send(userEvent);

    public ExecutionEngineFactory NewFactory(IUserEventBridge? bridge) => Factory(this, bridge);
}
