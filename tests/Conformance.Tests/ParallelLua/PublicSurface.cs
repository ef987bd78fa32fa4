using System.Reflection;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The public members of types, one line each, in ordinal order.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(params IEnumerable<Type> types) =>
        [.. types.SelectMany(type => type.GetMembers(Declared).Where(IsWritten).Select(m => $"{type.Name}: {m}").Prepend($"{type.Name}")).Order(StringComparer.Ordinal).Distinct()];

    // Accessors belong to their property; what the compiler adds to a record is no promise of ours.
    private static bool IsWritten(MemberInfo member) =>
        member is not MethodInfo { IsSpecialName: true }
        && member is not Type
        && !member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && member.Name is not ("Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct" or "EqualityContract");
}
