using System.Reflection;
using k8s.Models;

namespace KubeOps.KubernetesClient;

/// <summary>Where the API server serves a type, taken from its <see cref="KubernetesEntityAttribute"/>.</summary>
internal sealed record EntityRoute(string Group, string Version, string Kind, string Plural)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <exception cref="InvalidOperationException">The type has no attribute.</exception>
    public static EntityRoute Of<TEntity>() => Cache<TEntity>.Route;

    /// <summary>Path of the collection; of all namespaces when there is none.</summary>
    public string Collection(string? ns) =>
        $"{(Group.Length == 0 ? "/api" : $"/apis/{Group}")}/{Version}/{(string.IsNullOrEmpty(ns) ? "" : $"namespaces/{ns}/")}{Plural}";

    public string Item(string? ns, string name) => $"{Collection(ns)}/{Uri.EscapeDataString(name)}";

    private static class Cache<TEntity>
    {
        public static readonly EntityRoute Route = Read(typeof(TEntity));

        private static EntityRoute Read(Type type)
        {
            var attribute = type.GetCustomAttribute<KubernetesEntityAttribute>()
                ?? throw new InvalidOperationException($"{type.Name} has no KubernetesEntity attribute.");
            return new(
                attribute.Group ?? "", attribute.ApiVersion ?? "v1", attribute.Kind ?? type.Name,
                string.IsNullOrEmpty(attribute.PluralName) ? $"{(attribute.Kind ?? type.Name).ToLowerInvariant()}s" : attribute.PluralName);
        }
    }
}
