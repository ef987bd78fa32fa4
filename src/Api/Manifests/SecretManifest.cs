using Bulkhead.Api.Resources;

namespace Bulkhead.Api.Manifests;

/// <summary>A Secret of a local connections file. The values are kept as written (<c>env:NAME</c>, <c>file:PATH</c> or the secret itself) and are not read here.</summary>
public sealed record SecretManifest(ObjectMeta Metadata, IReadOnlyDictionary<string, string> StringData)
{
    /// <summary>Names only: a secret must not reach a log by way of a record's text.</summary>
    public override string ToString() => $"Secret {Metadata.Name} ({string.Join(", ", StringData.Keys)})";
}
