using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Events;

/// <summary>Writes events. The name follows from object, reason, message and type, so that the same event is found again and counted.</summary>
internal sealed class EventWriter(IKubernetesClient client, OperatorSettings settings, TimeProvider time, ILogger<EventWriter> logger)
{
    private const int MaxMessage = 1024;
    private const int Tries = 5;

    /// <inheritdoc cref="EventPublisher"/>
    public async Task PublishAsync(
        IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type = EventType.Normal,
        CancellationToken cancellationToken = default)
    {
        var text = message.Length <= MaxMessage ? message : message[..MaxMessage];
        try
        {
            await WriteAsync(entity, reason, text, type, cancellationToken);
        }
        catch (Exception e) when (e is HttpOperationException or HttpRequestException or TimeoutException)
        {
            logger.EventLost(entity.Namespace(), entity.Name(), reason, e.Message);
        }
    }

    private async Task WriteAsync(IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type, CancellationToken ct)
    {
        var (ns, name) = (entity.Namespace() ?? "default", NameOf(entity, reason, message, type));
        for (var tries = 1; ; tries++)
        {
            try
            {
                // Nearly every event is new.
                if (await CreateAsync(New(entity, ns, name, reason, message, type), ct))
                    return;
                if (await client.GetAsync<Corev1Event>(name, ns, ct) is { } present)
                {
                    await client.PatchAsync<Corev1Event>(Again(present), name, ns, cancellationToken: ct);
                    return;
                }
                if (tries >= Tries)
                    return;
            }
            catch (HttpOperationException e) when (tries < Tries && e.Response?.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                // Another worker wrote it, or it expired, in between: look again.
            }
        }
    }

    /// <returns>False: it is there already.</returns>
    private async Task<bool> CreateAsync(Corev1Event added, CancellationToken ct)
    {
        try
        {
            await client.CreateAsync(added, ct);
            return true;
        }
        catch (HttpOperationException e) when (e.Response?.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private Corev1Event New(IKubernetesObject<V1ObjectMeta> entity, string ns, string name, string reason, string message, EventType type)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new()
        {
            Metadata = new() { Name = name, NamespaceProperty = ns },
            InvolvedObject = entity.MakeObjectReference(),
            Reason = reason,
            Message = message,
            Type = type.ToString(),
            Count = 1,
            FirstTimestamp = now,
            LastTimestamp = now,
            Source = new() { Component = settings.Name },
            ReportingComponent = settings.Name,
            ReportingInstance = Environment.MachineName,
        };
    }

    private V1Patch Again(Corev1Event present)
    {
        var body = new
        {
            metadata = new { resourceVersion = present.ResourceVersion() },
            count = (present.Count ?? 0) + 1,
            lastTimestamp = time.GetUtcNow().UtcDateTime,
        };
        return new(body, V1Patch.PatchType.MergePatch);
    }

    private static string NameOf(IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{entity.Uid()}\n{reason}\n{message}\n{type}"));
        var name = entity.Name();
        return $"{(name.Length <= 200 ? name : name[..200])}.{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }
}
