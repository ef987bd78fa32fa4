using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Builder;
using KubeOps.Operator.Queue;
using KubeOps.Operator.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Reconciliation;

/// <summary>
/// One turn of one object: its end, its finalizers, or its reconcile. Which of them follows from what the store holds, never from the event.
/// </summary>
internal sealed class Reconciler<TEntity>(
    IServiceScopeFactory scopes, Type controllerType, EntityStore<TEntity> store, IKubernetesClient client,
    IReadOnlyList<FinalizerRegistration> finalizers, OperatorSettings settings, ILogger logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly FinalizerList<TEntity> _list = new(client);
    private readonly IReadOnlyList<string> _identifiers = [.. finalizers.Where(f => f.Entity == typeof(TEntity)).Select(f => f.Identifier)];

    public async Task<Turn> RunAsync(EntityKey key, CancellationToken ct)
    {
        var (present, gone) = store.Find(key);
        if (gone is not null)
            return await EndAsync(key, EntityStore<TEntity>.Unpack(gone), ct);
        if (present is null)
            return Turn.Settled;
        var entity = EntityStore<TEntity>.Unpack(present);
        return present.Deleting ? await FinalizeAsync(entity, ct) : await ReconcileAsync(entity, ct);
    }

    private async Task<Turn> ReconcileAsync(TEntity entity, CancellationToken ct)
    {
        if (settings.AutoAttachFinalizers && _identifiers.Any(i => !entity.HasFinalizer(i)))
        {
            if (await _list.AttachAsync(entity, _identifiers, ct) is not { } attached)
                return Turn.Settled;
            entity.Metadata.Finalizers = attached.Metadata.Finalizers;
            entity.Metadata.ResourceVersion = attached.Metadata.ResourceVersion;
        }
        await using var scope = scopes.CreateAsyncScope();
        return Judge(entity, await Controller(scope).ReconcileAsync(entity, ct));
    }

    private async Task<Turn> EndAsync(EntityKey key, TEntity entity, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var turn = Judge(entity, await Controller(scope).DeletedAsync(entity, ct));
        if (turn is { Failed: false, Again: null })
            store.Forget(key);
        return turn;
    }

    private async Task<Turn> FinalizeAsync(TEntity entity, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var identifier in _identifiers)
        {
            if (!entity.HasFinalizer(identifier))
                continue;
            var finalizer = scope.ServiceProvider.GetRequiredKeyedService<IEntityFinalizer<TEntity>>(identifier);
            var turn = Judge(entity, await finalizer.FinalizeAsync(entity, ct));
            if (turn.Failed || turn.Again is not null)
                return turn;
            if (!settings.AutoDetachFinalizers)
                continue;
            if (await _list.DetachAsync(entity, identifier, ct) is not { } left)
                return Turn.Settled;
            entity.Metadata.Finalizers = left.Metadata.Finalizers;
            entity.Metadata.ResourceVersion = left.Metadata.ResourceVersion;
        }
        return Turn.Settled;
    }

    private IEntityController<TEntity> Controller(AsyncServiceScope scope) =>
        (IEntityController<TEntity>)scope.ServiceProvider.GetRequiredService(controllerType);

    private Turn Judge(TEntity entity, ReconciliationResult<TEntity> result)
    {
        // "Not yet" (a failure with a time and without an error) is part of the work.
        if (!result.IsSuccess && (result.Error is not null || result.RequeueAfter is null))
            logger.Failed(result.Error, typeof(TEntity).Name, entity.Namespace(), entity.Name(), result.ErrorMessage);
        return new(!result.IsSuccess, result.RequeueAfter);
    }
}
