using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>
/// A PostgreSQL server of our own on loopback: fresh data directory under the temporary directory, free port, scram passwords, every
/// connection logged. It needs the server programs (Debian: <c>apt-get install -y postgresql</c>) and runs as the user postgres or nobody
/// when we are root. A shell at the other end of a pipe ends it and removes its directory when this process dies, however it dies.
/// </summary>
public sealed class PrivatePostgres : PostgresInstance
{
    private const string Superuser = "observer";

    /// <summary>The pipe's end means that our process is gone: stop at once and remove everything. "keep" only stops.</summary>
    private const string Watchdog = """
        "$1" -D "$2" -p "$3" -c listen_addresses="$4" -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
          -c max_connections=300 -c shared_buffers=32MB -c log_connections=on -c log_disconnections=on \
          -c log_line_prefix='%m [%p] %u@%d %a ' -c lc_messages=C >>"$2/server.log" 2>&1 </dev/null &
        server=$!
        read -r order
        kill -QUIT "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        [ "$order" = keep ] || rm -rf "$2"
        """;

    /// <summary>The superuser's password comes by pipe and lies in a file of the server's user only while initdb reads it.</summary>
    private const string Initialise = """
        umask 077
        password=$(mktemp) && cat >"$password" && "$1" -D "$2" -U "$3" --pwfile="$password" -A scram-sha-256 --locale=C -E UTF8 --no-sync
        code=$?
        rm -f "$password"
        [ -z "$4" ] || echo "host all all $4 scram-sha-256" >>"$2/pg_hba.conf"
        exit $code
        """;

    private readonly string _binaries;
    private readonly string? _runAs;
    private readonly PostgresNetwork? _network;
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private Process? _watchdog;

    private PrivatePostgres(string binaries, string? runAs, PostgresNetwork? network)
    {
        _binaries = binaries;
        _runAs = runAs;
        _network = network;
        DataDirectory = Path.Combine(Path.GetTempPath(), $"bulkhead-postgres-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        Port = FreePort();
    }

    public string DataDirectory { get; }

    public override string Host => _network?.Address ?? "127.0.0.1";

    public override int Port { get; }

    /// <summary>The server's log; with one line "connection authorized" for each session.</summary>
    public string LogFile => Path.Combine(DataDirectory, "server.log");

    /// <summary>Logs in as superuser, to observe; without a pool.</summary>
    public override string SuperuserConnectionString => ConnectionString("postgres", Superuser, _password);

    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="network">A second address beside loopback, for clients of a network of our own. Default: none.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken, PostgresNetwork? network = null)
    {
        var server = new PrivatePostgres(PostgresBinaries.Find(), UnprivilegedUser(), network);
        await server.InitialiseAsync(cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Immediate shutdown, as a crash: sessions die without a farewell. The data directory stays.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        if (_watchdog is { } watchdog)
        {
            _watchdog = null;
            await watchdog.StandardInput.WriteLineAsync("keep".AsMemory(), cancellationToken);
            watchdog.StandardInput.Close();
            await watchdog.WaitForExitAsync(cancellationToken);
            watchdog.Dispose();
        }
    }

    /// <summary>Starts the server again on the same port and data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await CrashAsync(cancellationToken);
        _watchdog = Process.Start(Shell(Watchdog, Path.Combine(_binaries, "postgres"), DataDirectory, Port.ToString(), _network is null ? "127.0.0.1" : $"127.0.0.1,{_network.Address}"))!;
        long began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (_watchdog.HasExited || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"PostgreSQL did not start. Its log: {await ReadLogAsync(cancellationToken)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What the server has logged so far.</summary>
    public override async Task<string?> ReadLogAsync(CancellationToken cancellationToken) =>
        File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, cancellationToken) : "";

    public override async ValueTask DisposeAsync()
    {
        if (_watchdog is { } watchdog)
        {
            _watchdog = null;
            watchdog.StandardInput.Close();
            await watchdog.WaitForExitAsync();
            watchdog.Dispose();
        }
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Shell(Initialise, Path.Combine(_binaries, "initdb"), DataDirectory, Superuser, _network?.Clients ?? "");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process initdb = Process.Start(start)!;
        await initdb.StandardInput.WriteLineAsync(_password.AsMemory(), cancellationToken);
        initdb.StandardInput.Close();
        Task<string> output = initdb.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await initdb.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await initdb.WaitForExitAsync(cancellationToken);
        if (initdb.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb failed: {errors}");
        }
    }

    private ProcessStartInfo Shell(string script, params string[] arguments)
    {
        string[] demote = _runAs is null
            ? []
            : ["setpriv", $"--reuid={_runAs}", $"--regid={(_runAs == "nobody" ? "nogroup" : _runAs)}", "--clear-groups"];
        string[] all = [.. demote, "sh", "-c", script, "sh", .. arguments];
        return new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(SuperuserConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static string? UnprivilegedUser()
    {
        if (!OperatingSystem.IsLinux() || GetEffectiveUserId() != 0)
        {
            return null;
        }

        return File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}
