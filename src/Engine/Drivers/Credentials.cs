namespace Bulkhead.Engine.Drivers;

/// <summary>The secret of one connection. Its values leave only through <see cref="Find"/>; printing or serialising it shows none.</summary>
public sealed class Credentials
{
    private volatile Dictionary<string, string> _values;

    public Credentials(IEnumerable<KeyValuePair<string, string>> values) => _values = new(values, StringComparer.Ordinal);

    public static Credentials None => new([]);

    /// <summary>
    /// The value of a key, or null. Keys: <c>username</c>, <c>password</c>, <c>token</c>, <c>apiKey</c>, <c>caCertificate</c>,
    /// <c>release.username</c>, <c>release.password</c>; each driver's page says which it reads.
    /// </summary>
    public string? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>A copy that can be invalidated without this one.</summary>
    public Credentials Copy() => new(_values);

    /// <summary>Forgets every value.</summary>
    public void Invalidate() => _values = new(StringComparer.Ordinal);

    public override string ToString() => "[credentials]";
}
