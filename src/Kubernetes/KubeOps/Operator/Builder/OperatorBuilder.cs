using System.Diagnostics.Metrics;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Events;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.Abstractions.Reconciliation.Queue;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Events;
using KubeOps.Operator.Leadership;
using KubeOps.Operator.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeOps.Operator.Builder;

/// <inheritdoc cref="IOperatorBuilder"/>
internal sealed class OperatorBuilder : IOperatorBuilder
{
    /// <summary>Key of an optional <c>Func&lt;TEntity, TEntity&gt;</c> that drops what the cache need not hold.</summary>
    internal const string CacheKey = "cache";

    /// <summary>Key of an optional <c>Action&lt;bool&gt;</c> that hears when this instance begins to lead, and when it has ended.</summary>
    internal const string LeadKey = "lead";

    public OperatorBuilder(IServiceCollection services, OperatorSettings settings)
    {
        Services = services;
        Settings = settings;
        if (settings.LeaderElectionType is not (LeaderElectionType.None or LeaderElectionType.Single))
            throw new NotSupportedException($"LeaderElectionType.{settings.LeaderElectionType} is not supported: use None or Single.");
        if (settings.QueueStrategy != QueueStrategy.InMemory)
            throw new NotSupportedException("QueueStrategy.Custom is not supported.");
        AddBase();
    }

    public IServiceCollection Services { get; }

    public OperatorSettings Settings { get; }

    public IOperatorBuilder AddController<TImplementation, TEntity>()
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        Add<TImplementation, TEntity>(new(typeof(TImplementation), typeof(TEntity)));

    public IOperatorBuilder AddControllerWithLabelSelector<TImplementation, TEntity, TLabelSelector>()
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
        where TLabelSelector : class, IEntityLabelSelector<TEntity> =>
        Add<TImplementation, TEntity>(new(typeof(TImplementation), typeof(TEntity))
        {
            LabelSelector = (s, ct) => ActivatorUtilities.GetServiceOrCreateInstance<TLabelSelector>(s).GetLabelSelectorAsync(ct),
        });

    public IOperatorBuilder AddControllerWithFieldSelector<TImplementation, TEntity, TFieldSelector>()
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
        where TFieldSelector : class, IEntityFieldSelector<TEntity> =>
        Add<TImplementation, TEntity>(new(typeof(TImplementation), typeof(TEntity))
        {
            FieldSelector = (s, ct) => ActivatorUtilities.GetServiceOrCreateInstance<TFieldSelector>(s).GetFieldSelectorAsync(ct),
        });

    public IOperatorBuilder AddFinalizer<TImplementation, TEntity>(string identifier)
        where TImplementation : class, IEntityFinalizer<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Services.TryAddKeyedTransient<IEntityFinalizer<TEntity>, TImplementation>(identifier);
        Services.AddSingleton(new FinalizerRegistration(typeof(TEntity), identifier));
        return this;
    }

    private OperatorBuilder Add<TImplementation, TEntity>(PipelineRegistration registration)
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Services.TryAddScoped<TImplementation>();
        Services.AddSingleton<IPipeline>(s => new Pipeline<TEntity>(s, registration));
        Services.TryAddSingleton<EntityQueue<TEntity>>(s => (entity, _, _, queueIn, _, _) =>
        {
            var known = false;
            foreach (var pipeline in s.GetServices<IPipeline>().OfType<Pipeline<TEntity>>())
                known |= pipeline.Queue(entity, queueIn);
            return Task.FromResult(known);
        });
        return this;
    }

    private void AddBase()
    {
        Services.AddSingleton(Settings);
        Services.TryAddSingleton(new RuntimeOptions());
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddLogging();
        if (Settings.EnableMetrics)
        {
            Services.AddMetrics();
            Services.AddSingleton(s => new OperatorMetrics(s.GetRequiredService<IMeterFactory>(), Settings.Name));
        }
        Services.TryAddSingleton(_ => KubernetesClientConfiguration.BuildDefaultConfig());
        Services.TryAddSingleton<IKubernetes>(s => new Kubernetes(s.GetRequiredService<KubernetesClientConfiguration>()));
        Services.TryAddSingleton(
            s => new KubernetesClient.KubernetesClient(s.GetRequiredService<KubernetesClientConfiguration>(), s.GetRequiredService<IKubernetes>()));
        Services.TryAddSingleton<IKubernetesClient>(s => s.GetRequiredService<KubernetesClient.KubernetesClient>());
        Services.TryAddSingleton<EventWriter>();
        Services.TryAddSingleton<EventPublisher>(s => s.GetRequiredService<EventWriter>().PublishAsync);
        Services.AddSingleton<LeadState>();
        Services.AddHealthChecks().AddCheck<OperatorHealthCheck>("kubernetes").AddCheck<OperatorReadinessCheck>("caches", tags: ["ready"]);
        Services.AddHostedService<OperatorLoop>();
    }
}
