using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>References from one object to another.</summary>
public static class KubernetesExtensions
{
    public static TEntity WithResourceVersion<TEntity>(this TEntity entity, string resourceVersion)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        entity.EnsureMetadata().ResourceVersion = resourceVersion;
        return entity;
    }

    public static V1ObjectReference MakeObjectReference(this IKubernetesObject<V1ObjectMeta> kubernetesObject)
    {
        ArgumentNullException.ThrowIfNull(kubernetesObject);
        return new()
        {
            ApiVersion = kubernetesObject.ApiVersion,
            Kind = kubernetesObject.Kind,
            Name = kubernetesObject.Name(),
            NamespaceProperty = kubernetesObject.Namespace(),
            ResourceVersion = kubernetesObject.ResourceVersion(),
            Uid = kubernetesObject.Uid(),
        };
    }

    public static V1OwnerReference MakeOwnerReference(this IKubernetesObject<V1ObjectMeta> kubernetesObject)
    {
        ArgumentNullException.ThrowIfNull(kubernetesObject);
        return new()
        {
            ApiVersion = kubernetesObject.ApiVersion,
            Kind = kubernetesObject.Kind,
            Name = kubernetesObject.Name(),
            Uid = kubernetesObject.Uid(),
        };
    }
}
