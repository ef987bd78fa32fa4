using System.Net;
using System.Text.Json.Serialization;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Adds and removes one finalizer by JSON patch. Each patch tests what it replaces, so that a finalizer that somebody else added meanwhile is never lost;
/// an object that is gone needs nothing.
/// </summary>
internal sealed class FencePatch(IKubernetesClient client)
{
    private const string List = "/metadata/finalizers";
    private const int Tries = 10;

    public async Task<T> AttachAsync<T>(T entity, string finalizer, CancellationToken ct)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        for (var tries = 1; ; tries++)
        {
            if (entity.HasFinalizer(finalizer)) return entity;
            var present = entity.Finalizers() ?? [];
            Operation[] operations = present.Count == 0
                ? [new("test", "/metadata/resourceVersion", entity.ResourceVersion()), new("add", List, new[] { finalizer })]
                : [new("test", List, present), new("add", $"{List}/-", finalizer)];
            try
            {
                return await client.PatchAsync<T>(new V1Patch(operations, V1Patch.PatchType.JsonPatch), entity.Name(), entity.Namespace(), cancellationToken: ct);
            }
            catch (HttpOperationException e) when (IsLost(e) && tries < Tries)
            {
                if (await client.GetAsync<T>(entity.Name(), entity.Namespace(), ct) is not { } now) throw;
                entity = now;
            }
        }
    }

    /// <summary>Writes one annotation; an object that is gone needs none.</summary>
    public async Task AnnotateAsync<T>(string name, string ns, string key, string value, CancellationToken ct)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var patch = new { metadata = new { annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value } } };
        try
        {
            await client.PatchAsync<T>(new V1Patch(patch, V1Patch.PatchType.MergePatch), name, ns, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // The next look sees that it is gone.
        }
    }

    /// <param name="name">Name of the object.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="finalizer">What is removed.</param>
    /// <param name="uid">Null: whichever object has the name.</param>
    /// <param name="ct">Gives up.</param>
    public async Task DetachAsync<T>(string name, string ns, string finalizer, string? uid, CancellationToken ct)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        // Nearly always it is the only one: one request then, and two where it is not.
        for (int tries = 1, index = 0; index >= 0; tries++)
        {
            Operation[] operations = [new("test", $"{List}/{index}", finalizer), new("remove", $"{List}/{index}")];
            try
            {
                await client.PatchAsync<T>(new V1Patch(operations, V1Patch.PatchType.JsonPatch), name, ns, cancellationToken: ct);
                return;
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
            {
                return;
            }
            catch (HttpOperationException e) when (IsLost(e) && tries < Tries)
            {
                var now = await client.GetAsync<T>(name, ns, ct);
                if (now is null || (uid is not null && now.Uid() != uid)) return;
                index = now.Finalizers()?.IndexOf(finalizer) ?? -1;
            }
        }
    }

    /// <summary>A failed test is 422 (409 on some versions); a write in between is 409.</summary>
    private static bool IsLost(HttpOperationException e) => e.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;

    private sealed record Operation(
        [property: JsonPropertyName("op")] string Op, [property: JsonPropertyName("path")] string Path,
        [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Value = null);
}
