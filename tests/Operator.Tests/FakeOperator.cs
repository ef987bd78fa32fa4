using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Hosting;
using Bulkhead.Testing.Time;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Events;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Queue;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Operator.Tests;

/// <summary>The operator's parts as they are composed, with a server in memory, a clock that stands still, and nothing that runs by itself.</summary>
internal sealed class FakeOperator : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public FakeOperator(int most = 100)
    {
        Clock.Advance(Given.Now - Clock.GetUtcNow());
        var options = new OperatorOptions { Listen = "", LeaderElection = false, MaxConcurrentExecutions = most, Worker = new WorkerPodOptions { Image = "worker" } };
        EntityQueue<WorkflowExecutionEntity> queue = (execution, _, _, _, _, _) =>
        {
            Woken.Add(execution.Name());
            return Task.FromResult(true);
        };
        EventPublisher announce = (_, _, _, _, _) => Task.CompletedTask;
        _services = new ServiceCollection().AddLogging().AddMetrics().AddBulkhead(options)
            .AddSingleton<IKubernetesClient>(Server).AddSingleton<IKubernetes>(new k8s.Kubernetes(new KubernetesClientConfiguration { Host = "http://localhost" }))
            .AddSingleton<TimeProvider>(Clock).AddSingleton(queue).AddSingleton(announce)
            .BuildServiceProvider();
        Server.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = "acme" } });
    }

    public ManualClock Clock { get; } = new();

    public FakeServer Server { get; } = new();

    public List<string> Woken { get; } = [];

    public AdmissionLine Line => Get<AdmissionLine>();

    public ExecutionController Controller => ActivatorUtilities.CreateInstance<ExecutionController>(_services);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static WorkflowExecutionEntity Execution(string name, Action<WorkflowExecutionEntity>? edit = null)
    {
        var execution = Given.Execution();
        execution.Metadata.Name = name;
        execution.Metadata.Uid = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();
        edit?.Invoke(execution);
        return execution;
    }

    /// <summary>One turn, as after a watch event.</summary>
    public async Task<ReconciliationResult<WorkflowExecutionEntity>> ReconcileAsync(string name) => await Controller.ReconcileAsync(await ReadAsync(name), CancellationToken.None);

    public async Task<WorkflowExecutionEntity> ReadAsync(string name) => (await Server.GetAsync<WorkflowExecutionEntity>(name, "acme"))!;

    /// <summary>Refuses each write with this verb and kind.</summary>
    public void Refuse(string write, HttpStatusCode code, string message) => Server.Refuse = asked => asked == write ? FakeServer.Error(code, message) : null;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
