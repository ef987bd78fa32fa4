using Bulkhead.Api.Contract;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;

namespace Bulkhead.Running;

/// <summary>Connections and their secrets from Connection and Secret documents.</summary>
public sealed record ConnectionsFile
{
    /// <summary>Tenant of a document without a namespace, where the namespace decides.</summary>
    public const string DefaultTenant = "local";

    /// <summary>The documents, those that stand beside the execution first.</summary>
    public IReadOnlyList<ManifestSet> Manifests { get; init; } = [];

    /// <summary>Where the values of secrets come from.</summary>
    public required SecretValues Values { get; init; }

    /// <summary>
    /// True where one file serves many tenants: a document belongs to the tenant that its namespace names. False (the default):
    /// every document belongs to the tenant of the one execution that it is read for.
    /// </summary>
    public bool NamespaceIsTenant { get; init; }

    /// <summary>All connections as an execution of this tenant sees them.</summary>
    public IReadOnlyList<ConnectionDefinition> Definitions(string tenant) =>
        [.. Manifests.SelectMany(s => s.Connections).Select(c => c.Spec.ToDefinition(c.Metadata.Name!, TenantOf(c.Metadata, tenant)))];

    /// <summary>Resolves the secrets of the given connections, and of no others.</summary>
    /// <returns>Connection name to secret key to value.</returns>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets(
        IReadOnlyList<ConnectionDefinition> connections, string tenant, ICollection<Problem> problems)
    {
        var secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var wanted in connections)
        {
            if (Find(wanted, tenant) is not { Spec.SecretRef.Name: { } name } connection) continue;
            var owner = TenantOf(connection.Metadata, tenant);
            var secret = Manifests.SelectMany(s => s.Secrets).FirstOrDefault(s => s.Metadata.Name == name && TenantOf(s.Metadata, tenant) == owner);
            if (secret is not null) secrets[wanted.Name] = Resolved(secret, problems);
            else problems.Add(new Problem(ProblemClass.ResourceError, "SECRET_MISSING", $"Connection '{wanted.Name}' names the Secret '{name}', which no file holds.", "spec.secretRef.name", connection.Source.Line));
        }

        return secrets;
    }

    private Manifest<ConnectionSpec>? Find(ConnectionDefinition wanted, string tenant) => Manifests.SelectMany(s => s.Connections).FirstOrDefault(c =>
        c.Metadata.Name == wanted.Name && (c.Spec.Global ?? false) == wanted.Global && (wanted.Global || TenantOf(c.Metadata, tenant) == wanted.TenantId));

    private string TenantOf(ObjectMeta metadata, string tenant) => NamespaceIsTenant ? metadata.Namespace ?? DefaultTenant : tenant;

    private Dictionary<string, string> Resolved(SecretManifest secret, ICollection<Problem> problems)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in secret.StringData)
        {
            if (Values.Resolve(key, text, problems) is { } value) resolved[key] = value;
        }

        return resolved;
    }
}
