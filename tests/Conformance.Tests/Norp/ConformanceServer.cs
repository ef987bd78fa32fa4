using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Conformance.Tests.Norp;

/// <summary>One real server for all rows; each row takes a database of its own.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    public PrivatePostgres Postgres { get; private set; } = null!;

    public async Task InitializeAsync() => Postgres = await PrivatePostgres.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => Postgres.DisposeAsync().AsTask();
}

[CollectionDefinition(Name)]
public sealed class ConformanceCollection : ICollectionFixture<ConformanceServer>
{
    public const string Name = "NORP";
}
