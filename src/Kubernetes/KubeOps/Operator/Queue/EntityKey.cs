using k8s;
using k8s.Models;

namespace KubeOps.Operator.Queue;

/// <summary>One object. A new object under an old name is another key.</summary>
internal readonly record struct EntityKey(string Namespace, string Name, string Uid)
{
    public static EntityKey Of(IKubernetesObject<V1ObjectMeta> entity) => Of(entity.Metadata);

    public static EntityKey Of(V1ObjectMeta? meta) => new(meta?.NamespaceProperty ?? "", meta?.Name ?? "", meta?.Uid ?? "");

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
