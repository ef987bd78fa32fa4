namespace Bulkhead.Engine.Drivers;

/// <summary>The secret of one connection. Its values leave only through <see cref="Find"/>; printing or serialising it shows none.</summary>
public sealed class Credentials
{
    private readonly Dictionary<string, string> _values;

    public Credentials(IEnumerable<KeyValuePair<string, string>> values) => _values = new(values, StringComparer.Ordinal);

    public static Credentials None { get; } = new([]);

    /// <summary>The value of a key (<c>username</c>, <c>password</c>, <c>token</c>, <c>apiKey</c>), or null.</summary>
    public string? Find(string key) => _values.GetValueOrDefault(key);

    public override string ToString() => "[credentials]";
}
