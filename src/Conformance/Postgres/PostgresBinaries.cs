namespace Bulkhead.Conformance.Postgres;

/// <summary>Where this machine keeps PostgreSQL's server programs.</summary>
internal static class PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";

    private static readonly string[] Directories = ["/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/pgsql/bin"];

    /// <summary>The newest installed version's directory.</summary>
    /// <exception cref="InvalidOperationException">None is installed; the message says how to install it.</exception>
    public static string Find() =>
        Candidates().FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")))
        ?? throw new InvalidOperationException(
            "No PostgreSQL server programs (initdb, postgres) were found. Install them: apt-get install -y postgresql");

    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> versions = Directory.Exists(DebianRoot)
            ? Directory.EnumerateDirectories(DebianRoot).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out int version) ? version : 0)
            : [];
        return [.. versions.Select(v => Path.Combine(v, "bin")), .. Directories];
    }
}
