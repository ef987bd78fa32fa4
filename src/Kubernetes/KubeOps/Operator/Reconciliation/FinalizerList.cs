using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace KubeOps.Operator.Reconciliation;

/// <summary>
/// Attaches and removes finalizers. A patch that lost against somebody else's edit is made anew from what is there now; an object that is
/// gone, or another one under its name, needs nothing.
/// </summary>
internal sealed class FinalizerList<TEntity>(IKubernetesClient client)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private const int Tries = 10;

    /// <returns>The object with them; null when it is gone.</returns>
    public Task<TEntity?> AttachAsync(TEntity entity, IReadOnlyList<string> identifiers, CancellationToken ct) =>
        PatchAsync(
            entity,
            meta =>
            {
                var missing = identifiers.Where(i => meta.Finalizers?.Contains(i) != true).ToList();
                // The server refuses new finalizers on an object that is being deleted.
                return missing.Count == 0 || meta.DeletionTimestamp is not null ? null : FinalizerPatch.Attach(meta, missing);
            },
            ct);

    /// <returns>The object without it; null when it is gone.</returns>
    public Task<TEntity?> DetachAsync(TEntity entity, string identifier, CancellationToken ct) =>
        PatchAsync(entity, meta => FinalizerPatch.Detach(meta, identifier), ct);

    private async Task<TEntity?> PatchAsync(TEntity entity, Func<V1ObjectMeta, V1Patch?> patchOf, CancellationToken ct)
    {
        var current = entity;
        for (var tries = 1; ; tries++)
        {
            if (patchOf(current.Metadata) is not { } patch)
                return current;
            try
            {
                return await client.PatchAsync<TEntity>(patch, entity.Name(), entity.Namespace(), cancellationToken: ct);
            }
            catch (HttpOperationException e) when (e.Response?.StatusCode == HttpStatusCode.NotFound)
            {
                return default;
            }
            catch (HttpOperationException e) when (IsLost(e) && tries < Tries)
            {
                var now = await client.GetAsync<TEntity>(entity.Name(), entity.Namespace(), ct);
                if (now is null || now.Uid() != entity.Uid())
                    return default;
                current = now;
            }
        }
    }

    /// <summary>A failed test is 422 (409 on some versions); a write in between is 409.</summary>
    private static bool IsLost(HttpOperationException e) =>
        e.Response?.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;
}
