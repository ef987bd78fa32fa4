using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Server.Tests.Running;

/// <summary>The files of one server: tokens, connections, data. Removed at the end.</summary>
internal sealed class ServeFolder : IDisposable
{
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    public string Root { get; } = Directory.CreateTempSubdirectory("bulkhead-serve-tests-").FullName;

    public string Tokens => Path.Combine(Root, "tokens.yaml");

    public string Connections => Path.Combine(Root, "connections.yaml");

    public string Data => Path.Combine(Root, "data");

    /// <summary>What <c>env:NAME</c> values of the connections file mean.</summary>
    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    /// <summary>A new token, written into the file.</summary>
    public string AddToken(string user, string tenant = "local", params string[] roles)
    {
        var (token, entry, problems) = ServeProgram.NewToken(tenant, user, roles.Length == 0 ? ["runner"] : roles);
        problems.ShouldBeEmpty();
        _entries[token] = entry;
        WriteTokens();
        return token;
    }

    public void RemoveToken(string token)
    {
        _entries.Remove(token).ShouldBeTrue();
        WriteTokens();
    }

    /// <summary>Writes the file as it is given, beside its place and moved there.</summary>
    public void WriteTokens(string? text = null)
    {
        var draft = $"{Tokens}.new";
        File.WriteAllText(draft, text ?? string.Join('\n', _entries.Values) + "\n");
        File.Move(draft, Tokens, overwrite: true);
    }

    /// <summary>Declares a database as the connection <paramref name="name"/> of a tenant.</summary>
    public void AddConnection(PostgresDatabase database, string name = "orders-db", string tenant = "local", bool serverExpiry = true)
    {
        var config = database.Connection(name).Config;
        var variable = $"PASSWORD_{_secrets.Count}";
        _secrets[variable] = database.Password;
        File.AppendAllText(Connections, $$"""
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: {{name}}, namespace: {{tenant}}}
            spec:
              type: postgres
              config: {host: {{config.GetProperty("host").GetString()}}, port: {{config.GetProperty("port").GetInt32()}}, database: {{database.Name}}, sslMode: Disable, serverExpiry: {{(serverExpiry ? "true" : "false")}}}
              secretRef: {name: {{name}}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: {{name}}, namespace: {{tenant}}}
            stringData: {username: {{database.Role}}, password: "env:{{variable}}"}

            """);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
