using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Cli.Tests;

/// <summary>A real PostgreSQL for the tests of this assembly, and files that lead to it.</summary>
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
        return Server.CreateDatabaseAsync($"orders_{number}", $"workflow_user_{number}", CancellationToken.None);
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
