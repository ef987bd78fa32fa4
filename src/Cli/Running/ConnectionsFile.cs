using Bulkhead.Api.Contract;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;

namespace Bulkhead.Cli.Running;

/// <summary>Connections and their secrets from Connection and Secret documents.</summary>
internal sealed class ConnectionsFile(SecretValues values)
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _secrets = new(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems => _problems;

    public static IReadOnlyList<ConnectionDefinition> Definitions(IEnumerable<ManifestSet> sets, string tenant) =>
        [.. sets.SelectMany(s => s.Connections).Select(c => c.Spec.ToDefinition(c.Metadata.Name!, tenant))];

    /// <summary>Resolves the secrets of the given connections, and of no others.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets(IReadOnlyList<ManifestSet> sets, IEnumerable<string> connections)
    {
        var wanted = connections.ToHashSet(StringComparer.Ordinal);
        var secrets = sets.SelectMany(s => s.Secrets).ToLookup(s => s.Metadata.Name, StringComparer.Ordinal);
        foreach (var connection in sets.SelectMany(s => s.Connections).Where(c => wanted.Contains(c.Metadata.Name!)))
        {
            if (connection.Spec.SecretRef?.Name is not { } name) continue;
            if (secrets[name].FirstOrDefault() is { } secret) Add(connection.Metadata.Name!, secret);
            else _problems.Add(new Problem(ProblemClass.ResourceError, "SECRET_MISSING", $"Connection '{connection.Metadata.Name}' names the Secret '{name}', which no file holds.", "spec.secretRef.name", connection.Source.Line));
        }

        return _secrets;
    }

    private void Add(string connection, SecretManifest secret)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in secret.StringData)
        {
            if (values.Resolve(key, text, _problems) is { } value) resolved[key] = value;
        }

        _secrets[connection] = resolved;
    }
}
