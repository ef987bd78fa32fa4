using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Bulkhead.Conformance.Postgres;
using Npgsql;

namespace Bulkhead.Engine.Tests.Drivers;

/// <summary>A real pooler on loopback before a real server, for one role.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bulkhead-pgbouncer-").FullName;
    private readonly Process _process;

    private PgBouncer(PostgresDatabase database, string mode, string more)
    {
        Port = FreePort();
        File.WriteAllText(Path.Combine(_folder, "users"), $"\"{database.Role}\" \"{database.Password}\"\n");
        File.WriteAllText(Path.Combine(_folder, "ini"), $"""
            [databases]
            * = host={database.Server.Host} port={database.Server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {_folder}/users
            pool_mode = {mode}
            {more}
            """);
        // It refuses to run as root, and its user must read the files.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        _process = Process.Start(new ProcessStartInfo(Program(), ["-q", .. user, Path.Combine(_folder, "ini")]) { RedirectStandardError = true, UseShellExecute = false })!;
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <param name="database">Whose role may log in.</param>
    /// <param name="mode">session or transaction.</param>
    /// <param name="more">More lines of its configuration.</param>
    public static async Task<PgBouncer> StartAsync(PostgresDatabase database, string mode, string more = "")
    {
        var bouncer = new PgBouncer(database, mode, more);
        var login = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = bouncer.Port,
            Database = database.Name,
            Username = database.Role,
            Password = database.Password,
            Pooling = false,
        };
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(login.ConnectionString);
                await connection.OpenAsync();
                return bouncer;
            }
            catch (NpgsqlException e) when (e is not PostgresException && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Its sessions on the server end with it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Program() =>
        ((string[])["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("pgbouncer is missing. Run: sudo apt-get install -y pgbouncer");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
