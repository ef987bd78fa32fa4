using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Server.Tests.Running;

/// <summary>A real PostgreSQL for the tests of this assembly.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int _databases;

    public PrivatePostgres Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PrivatePostgres.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    /// <summary>A database with a role of its own.</summary>
    public Task<PostgresDatabase> CreateDatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        return Server.CreateDatabaseAsync($"served_{number}", $"served_user_{number}", CancellationToken.None);
    }
}

/// <summary>Tests that start worker processes run one after the other: two processors are soon full.</summary>
[CollectionDefinition(Name)]
public sealed class ServeCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "serve";
}
