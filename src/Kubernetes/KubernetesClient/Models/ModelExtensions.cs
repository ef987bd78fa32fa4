#nullable disable
namespace k8s.Models;

/// <summary>Short ways to an object's metadata. None of them throws on an object without metadata.</summary>
public static class ModelExtensions
{
    public static string Name(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Name;

    public static string Namespace(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.NamespaceProperty;

    public static string Uid(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Uid;

    public static string ResourceVersion(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.ResourceVersion;

    public static long? Generation(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Generation;

    public static DateTime? CreationTimestamp(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.CreationTimestamp;

    public static DateTime? DeletionTimestamp(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.DeletionTimestamp;

    public static IList<string> Finalizers(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Finalizers;

    public static IDictionary<string, string> Labels(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Labels;

    public static IDictionary<string, string> Annotations(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Annotations;

    public static IList<V1OwnerReference> OwnerReferences(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.OwnerReferences;

    public static bool HasFinalizer(this IMetadata<V1ObjectMeta> obj, string finalizer) => obj.Finalizers()?.Contains(finalizer) == true;

    public static string GetLabel(this IMetadata<V1ObjectMeta> obj, string key) =>
        obj.Labels() is { } labels && labels.TryGetValue(key, out var value) ? value : null;

    public static string GetAnnotation(this IMetadata<V1ObjectMeta> obj, string key) =>
        obj.Annotations() is { } annotations && annotations.TryGetValue(key, out var value) ? value : null;

    public static V1ObjectMeta EnsureMetadata(this IMetadata<V1ObjectMeta> obj) => obj.Metadata ??= new();

    /// <summary>The owner that controls this object, or null.</summary>
    public static V1OwnerReference GetController(this IMetadata<V1ObjectMeta> obj) =>
        obj.OwnerReferences()?.FirstOrDefault(o => o.Controller == true);
}
