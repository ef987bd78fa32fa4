using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Testing.Running;

/// <summary>
/// Runs a workflow document in this process as a worker would, through the public factory and the local host, and keeps what came of it.
/// </summary>
public sealed record LocalRun
{
    private readonly EventLog _events = new();

    /// <summary>JSON; merged over the document's initial state.</summary>
    public string Inputs { get; init; } = "{}";

    public WorkflowLimits Limits { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public IReadOnlyList<ConnectionDefinition> Connections { get; init; } = [];

    public Func<string, Credentials> Credentials { get; init; } = _ => throw new InvalidOperationException("The test declares no credentials.");

    public DriverRegistry Drivers { get; init; } = DriverRegistry.BuiltIn;

    /// <summary>Last change of the job before it runs: time-out, resume, plain HTTP.</summary>
    public Func<Job, Job> Change { get; init; } = job => job;

    /// <summary>Cancelled: no other node starts.</summary>
    public CancellationToken SoftStop { get; init; }

    /// <summary>What has been emitted so far; also while it runs.</summary>
    public IReadOnlyList<ExecutionEvent> Events => _events.All;

    internal EngineParts Parts { get; init; } = EngineParts.Sound;

    public static Task<Ran> Of(string document, string inputs = "{}") => new LocalRun { Inputs = inputs }.RunAsync(document);

    /// <param name="document">YAML or JSON; a fault in it fails the test with all faults.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<Ran> RunAsync(string document, CancellationToken cancellationToken = default)
    {
        var loaded = WorkflowLoader.Load(document);
        loaded.Problems.Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty();
        var job = Change(NewJob(document));
        var host = new LocalHost(Limits, Drivers, Credentials, Clock) { Parts = Parts, SoftStop = SoftStop };
        await using var factory = new ExecutionEngineFactory(new SilentBridge(), host, options: null, Clock);
        await using var scope = await factory.OpenScopeAsync(UserExecutionContext.Create(ContextFields.Of(job), Clock), CancellationToken.None);
        var result = await scope.Engine.RunAsync(loaded.Workflow!, job, _events, cancellationToken);
        return new Ran(result, job, Events);
    }

    private Job NewJob(string document) => new()
    {
        ExecutionUid = Guid.NewGuid(),
        Attempt = 1,
        TenantId = "acme",
        UserId = "alice",
        ThreadId = "thread-1",
        RunId = "run-1",
        Workflow = JsonSerializer.SerializeToElement(document),
        Inputs = JsonElement.Parse(Inputs),
        Connections = Connections,
    };

    private sealed class EventLog : IExecutionEvents
    {
        private readonly Lock _lock = new();
        private readonly List<ExecutionEvent> _all = [];

        public IReadOnlyList<ExecutionEvent> All
        {
            get
            {
                lock (_lock) return [.. _all];
            }
        }

        public void Emit(ExecutionEvent executionEvent)
        {
            lock (_lock) _all.Add(executionEvent);
        }
    }
}
