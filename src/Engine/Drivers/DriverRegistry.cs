namespace Bulkhead.Engine.Drivers;

/// <summary>The connection types that this build knows. The one place besides a driver's folder that names it.</summary>
public sealed class DriverRegistry
{
    private readonly Dictionary<string, IConnectionDriver> _drivers;

    public DriverRegistry(IEnumerable<IConnectionDriver> drivers) => _drivers = drivers.ToDictionary(d => d.Type, StringComparer.Ordinal);

    /// <summary>All drivers of this build.</summary>
    public static DriverRegistry BuiltIn { get; } = new([new Postgres.PostgresDriver(), new Http.HttpDriver()]);

    public IReadOnlyCollection<string> Types => _drivers.Keys;

    /// <summary>The driver of a connection's type, or null when this build has none.</summary>
    public IConnectionDriver? Find(string type) => _drivers.GetValueOrDefault(type);
}
