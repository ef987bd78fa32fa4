using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace k8s;

/// <summary>
/// Source-generated contracts of custom resources. Their assembly declares the context:
/// <c>[assembly: AssemblyMetadata("JsonContext", "Full.Name.Of.The.Context")]</c>. Nothing is registered, so no order of calls matters; the
/// options ask once for each type.
/// </summary>
internal sealed class DeclaredContracts : IJsonTypeInfoResolver
{
    private const string Key = "JsonContext";

    /// <exception cref="TypeLoadException">The assembly declares a context that it does not contain.</exception>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Assemblies(type).Distinct().SelectMany(Contexts)
        .Select(context => context.GetTypeInfo(type, options)).FirstOrDefault(contract => contract is not null);

    /// <summary>Of <c>EntityList&lt;Widget&gt;</c> also the assembly of Widget.</summary>
    private static IEnumerable<Assembly> Assemblies(Type type) => [type.Assembly, .. type.GetGenericArguments().SelectMany(Assemblies)];

    private static IEnumerable<IJsonTypeInfoResolver> Contexts(Assembly assembly) =>
        from declared in assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        where declared.Key == Key
        select (IJsonTypeInfoResolver)assembly.GetType(declared.Value!, throwOnError: true)!
            .GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
