using k8s;
using k8s.Models;
using KubeOps.Operator.Builder;
using KubeOps.Operator.Observability;
using KubeOps.Operator.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator;

/// <inheritdoc cref="IPipeline"/>
internal sealed class Pipeline<TEntity> : IPipeline
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly IServiceProvider _services;
    private readonly PipelineRegistration _registration;
    private volatile Term<TEntity>? _term;

    public Pipeline(IServiceProvider services, PipelineRegistration registration)
    {
        _services = services;
        _registration = registration;
        services.GetService<OperatorMetrics>()?.ObserveDepth(Entity, () => _term is { } term ? (term.Queue.Ready, term.Queue.Waiting) : default);
    }

    public string Entity => typeof(TEntity).Name;

    public TimeSpan Silence => _term?.Silence ?? TimeSpan.Zero;

    public bool IsListed => _term?.Reflector.Listed.Task.IsCompletedSuccessfully == true;

    /// <summary>The current term; null while another instance leads.</summary>
    internal Term<TEntity>? Term => _term;

    public async Task RunAsync(CancellationToken ct)
    {
        // Each term begins with an empty store: what happened while others led is learnt from the list.
        using var term = await Term<TEntity>.CreateAsync(_services, _registration, ct);
        _term = term;
        try
        {
            await term.RunAsync(ct);
        }
        finally
        {
            _term = null;
        }
    }

    public bool Queue(TEntity entity, TimeSpan delay)
    {
        if (_term is not { } term || term.Store.Known(EntityKey.Of(entity)) is not { } key)
            return false;
        term.Queue.AddAfter(key, delay);
        return true;
    }
}
