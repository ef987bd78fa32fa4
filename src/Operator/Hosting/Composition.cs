using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Connections;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Metrics;
using Bulkhead.Operator.Tenants;
using Bulkhead.Operator.Workflows;
using Bulkhead.Telemetry;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Operator.Hosting;

/// <summary>Everything that the operator consists of.</summary>
internal static class Composition
{
    public const string Name = "bulkhead-operator";

    public static IServiceCollection AddBulkhead(this IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Worker);
        services.AddSingleton<Observer>().AddSingleton<JobReader>().AddSingleton<NodeReader>().AddSingleton<ResultReader>().AddSingleton<PodEventReader>();
        services.AddSingleton<Applier>().AddSingleton<FencePatch>().AddSingleton<Leftovers>().AddSingleton<PodBuilder>();
        services.AddSingleton<ExecutionTurn>().AddSingleton<ExecutionIndex>().AddSingleton<ExecutionMetrics>().AddSingleton<WaitingExecutions>().AddSingleton<History>();
        services.AddSingleton<Sights>().AddSingleton<Waker>().AddSingleton<PodNews>();
        services.AddSingleton<AdmissionLine>().AddSingleton<TenantLoad>();
        services.AddSingleton<SharedConnections>().AddSingleton<ConnectionAudit>().AddSingleton<AuditBuilder>();
        services.AddSingleton(_ => new PrometheusPage(meter => meter.Name is ExecutionMetrics.MeterName or Name));
        services.AddKeyedSingleton<Func<WorkflowExecutionEntity, WorkflowExecutionEntity>>("cache", (_, _) => CutDown.Execution);
        services.AddKeyedSingleton<Func<WorkflowEntity, WorkflowEntity>>("cache", (_, _) => CutDown.Workflow);
        services.AddKeyedSingleton<Func<V1Pod, V1Pod>>("cache", (_, _) => CutDown.Pod);
        services.AddKeyedSingleton<Action<bool>>("lead", (all, _) => all.GetRequiredService<ExecutionIndex>().Turn);
        services
            .AddKubernetesOperator(settings =>
            {
                settings.Name = Name;
                settings.Namespace = options.Namespace;
                settings.LeaderElectionType = options.LeaderElection ? LeaderElectionType.Single : LeaderElectionType.None;
                settings.ReconcileStrategy = ReconcileStrategy.ByResourceVersion;
                settings.AutoAttachFinalizers = false;
                settings.ParallelReconciliation.MaxParallelReconciliations = options.Parallel;
            })
            .AddControllerWithLabelSelector<ExecutionController, WorkflowExecutionEntity, EveryExecution>()
            .AddFinalizer<ExecutionFinalizer, WorkflowExecutionEntity>(Names.ReleaseFinalizer)
            .AddControllerWithLabelSelector<WorkerPodController, V1Pod, WorkerPods>()
            .AddFinalizer<WorkerPodController, V1Pod>(Names.Fence)
            .AddController<WorkflowController, WorkflowEntity>()
            .AddController<ConnectionController, ConnectionEntity>()
            .AddController<TenantController, TenantEntity>();
        return services;
    }
}
