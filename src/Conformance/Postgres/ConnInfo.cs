using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>
/// How a person names a server: <c>postgresql://user:password@host:port/database?sslmode=require</c>, libpq's
/// <c>host=.. port=.. user=.. password=.. dbname=..</c>, or Npgsql's <c>Host=..;Username=..</c>.
/// </summary>
internal static class ConnInfo
{
    /// <exception cref="ArgumentException">It is none of them; the message repeats no value.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? OfUri(new Uri(text))
                : OfPairs(text.Contains(';', StringComparison.Ordinal) ? text.Split(';') : text.Split(' '));
        }
        catch (Exception error) when (error is UriFormatException or ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ArgumentException(
                "The server must be named as auto, postgresql://user:password@host:port/database, or host=.. port=.. user=.. password=.. dbname=..",
                nameof(text),
                error);
        }
    }

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        string[] user = [.. uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString)];
        NpgsqlConnectionStringBuilder login = OfPairs(uri.Query.TrimStart('?').Split('&'));
        login.Host = uri.Host;
        login.Port = uri.Port > 0 ? uri.Port : 5432;
        login.Username = user[0].Length > 0 ? user[0] : login.Username;
        login.Password = user.Length > 1 ? user[1] : login.Password;
        login.Database = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : login.Database;
        return login;
    }

    private static NpgsqlConnectionStringBuilder OfPairs(IEnumerable<string> pairs)
    {
        var login = new NpgsqlConnectionStringBuilder();
        foreach (string[] pair in pairs.Where(p => p.Trim().Length > 0).Select(p => p.Split('=', 2)))
        {
            string name = pair[0].Trim();
            login[name.ToLowerInvariant() switch { "user" => "Username", "dbname" => "Database", "sslmode" => "SSL Mode", _ => name }] =
                pair.Length == 2 ? pair[1].Trim().Trim('\'') : throw new FormatException();
        }

        return login;
    }
}
