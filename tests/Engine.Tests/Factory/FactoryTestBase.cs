using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Engine.Tests.Events;
using Bulkhead.Testing.Time;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Factory;

public abstract class FactoryTestBase
{
    private protected ManualClock Clock { get; } = new();

    private protected RecordingBridge Bridge { get; } = new();

    private protected ScriptedHost Host { get; init; } = new();

    private protected ExecutionEngineFactory Factory(EngineFactoryOptions? options = null) => new(Bridge, Host, options, Clock);

    private protected static Task<UserExecutionEngine> CreateAsync(ExecutionEngineFactory factory, string user = "alice") =>
        factory.CreateForUserAsync(Fields(user), CancellationToken.None);

    private protected static Job JobOf(UserExecutionContext context) => context.JobFor(JsonElement.Parse("{}"), JsonElement.Parse("{}"));

    private protected static Task<ExecutionResult> RunAsync(UserExecutionEngine engine, IExecutionEvents? events = null) =>
        engine.RunAsync(AnyWorkflow, JobOf(engine.Context), events ?? new RecordedEvents(), CancellationToken.None);

    private protected static Workflow AnyWorkflow => new() { Name = "report", Dialect = Dialect.StateGraph, Nodes = [] };

    private protected sealed class RecordedEvents : IExecutionEvents
    {
        private readonly List<ExecutionEvent> _all = [];

        public IReadOnlyList<ExecutionEvent> All
        {
            get
            {
                lock (_all) return [.. _all];
            }
        }

        public void Emit(ExecutionEvent executionEvent)
        {
            lock (_all) _all.Add(executionEvent);
        }
    }
}
