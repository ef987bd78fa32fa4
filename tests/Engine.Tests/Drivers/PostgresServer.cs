using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Engine.Tests.Drivers;

/// <summary>One real server for all tests of this assembly; each test class takes a database and role of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private int _databases;

    public PrivatePostgres Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PrivatePostgres.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    public Task<PostgresDatabase> CreateDatabaseAsync()
    {
        int number = Interlocked.Increment(ref _databases);
        return Server.CreateDatabaseAsync($"orders_{number}", $"workflow_user_{number}", CancellationToken.None);
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
