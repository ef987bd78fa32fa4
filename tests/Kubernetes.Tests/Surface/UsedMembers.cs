using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Bulkhead.Kubernetes.Tests.Surface;

/// <summary>The types and members of the two Kubernetes libraries that an assembly refers to, read from its metadata.</summary>
internal static class UsedMembers
{
    private static readonly string[] Libraries = ["KubernetesClient", "KubeOps.Operator"];

    public static IReadOnlyList<string> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(h => Name(metadata, h)).OfType<string>();
        var members = metadata.MemberReferences.Select(metadata.GetMemberReference).Select(m => Member(metadata, m)).OfType<string>();
        // Read now: the metadata goes with the file.
        return [.. types, .. members];
    }

    private static string? Member(MetadataReader metadata, MemberReference member) =>
        Owner(metadata, member.Parent) is { } owner ? $"{owner}.{metadata.GetString(member.Name)}" : null;

    private static string? Owner(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => Name(metadata, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)parent)),
        _ => null,
    };

    /// <summary>Of <c>ReconciliationResult&lt;Widget&gt;</c> the open type.</summary>
    private static string? Generic(MetadataReader metadata, TypeSpecification specification)
    {
        var blob = metadata.GetBlobReader(specification.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadSignatureTypeCode();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? Name(metadata, (TypeReferenceHandle)type) : null;
    }

    private static string? Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return Name(metadata, (TypeReferenceHandle)type.ResolutionScope) is { } outer ? $"{outer}.{metadata.GetString(type.Name)}" : null;
        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference)
            return null;
        var library = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        return Libraries.Contains(metadata.GetString(library.Name)) ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}" : null;
    }
}
