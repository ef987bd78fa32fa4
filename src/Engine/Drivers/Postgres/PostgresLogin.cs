using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// Who logs in where: turns options and credentials into data sources. Each data source is its owner's own, without a pool, so nothing
/// of Npgsql outlives the resource. Credential keys: <c>username</c>, <c>password</c>, <c>caCertificate</c> (PEM, for VerifyCA and
/// VerifyFull), and <c>release.username</c>, <c>release.password</c> for a role of its own that may end the sessions.
/// </summary>
internal sealed record PostgresLogin
{
    public required PostgresOptions Options { get; init; }

    public required Credentials Credentials { get; init; }

    public required string Tag { get; init; }

    public string User => Credentials.Find("username")
        ?? throw new NodeFailureException("SqlError", "The connection's secret has no key 'username'.", retryable: false);

    /// <summary>Sessions that carry the owner tag.</summary>
    public NpgsqlDataSource ForWork(IEnumerable<KeyValuePair<string, string>> settings)
    {
        NpgsqlConnectionStringBuilder login = Base(Options.Host, Options.Port, User, Credentials.Find("password"));
        login.ApplicationName = Tag;
        login.Options = ServerSettings.Format(settings);
        login.KeepAlive = Math.Max(1, (int)((Options.IdleSessionTimeout > TimeSpan.Zero ? Options.IdleSessionTimeout.TotalSeconds : 90) / 3));
        return Build(login);
    }

    /// <summary>One short session that looks for the tag; its own name is another, so that it never finds itself.</summary>
    public NpgsqlDataSource ForRelease()
    {
        (string host, int port) = Options.ReleaseEndpoint ?? (Options.Host, Options.Port);
        string? releaseUser = Credentials.Find("release.username");
        NpgsqlConnectionStringBuilder login = releaseUser is null
            ? Base(host, port, User, Credentials.Find("password"))
            : Base(host, port, releaseUser, Credentials.Find("release.password"));
        login.ApplicationName = $"{Tag}/release";
        return Build(login);
    }

    private NpgsqlConnectionStringBuilder Base(string host, int port, string user, string? password) => new()
    {
        Host = host,
        Port = port,
        Database = Options.Database,
        Username = user,
        Password = password,
        SslMode = Options.SslMode,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = false,
        Enlist = false,
        Timeout = Math.Max(1, (int)Math.Ceiling(Options.ConnectTimeout.TotalSeconds)),
        CommandTimeout = 0,
        TcpKeepAlive = true,
        TcpKeepAliveTime = 10,
        TcpKeepAliveInterval = 5,
    };

    private NpgsqlDataSource Build(NpgsqlConnectionStringBuilder login)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(login.ConnectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.EnableArrays();
        builder.EnableJsonTypes();
        if (Credentials.Find("caCertificate") is { } pem)
        {
            builder.UseRootCertificateCallback(() => X509Certificate2.CreateFromPem(pem));
        }

        return builder.Build();
    }
}
