using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;

namespace Bulkhead.Engine.Tests.Drivers;

/// <summary>A database of the test's own, and at the end the oracle: no session of its role is left.</summary>
[Collection(PostgresCollection.Name)]
public abstract class PostgresTestBase(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IResource> _resources = [];

    protected static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    protected OwnerTag Tag { get; } = new(Guid.NewGuid(), 1);

    protected PostgresDatabase Database { get; private set; } = null!;

    protected PrivatePostgres Server => server.Server;

    protected PostgresDriver Driver { get; } = new();

    public virtual async Task InitializeAsync() => Database = await server.CreateDatabaseAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (IResource resource in _resources)
        {
            await ReleaseAsync(resource);
        }

        await Database.WaitForSessionsAsync(0, TimeSpan.FromSeconds(15), CancellationToken.None);
    }

    protected OpenRequest Request(JsonObject? config = null, TimeSpan? timeLeft = null, Credentials? credentials = null) => new(
        Database.Connection("orders-db", "5", config: config), credentials ?? Database.Credentials, Tag, timeLeft, TimeProvider.System);

    protected async Task<IResource> OpenAsync(JsonObject? config = null, TimeSpan? timeLeft = null)
    {
        IResource resource = await Driver.OpenAsync(Request(config, timeLeft), Limit);
        _resources.Add(resource);
        return resource;
    }

    protected static async Task<ReleaseProof> ReleaseAsync(IResource resource)
    {
        await resource.CloseAsync(Limit);
        return await resource.ProveAsync(Limit);
    }

    protected static Task<JsonElement> QueryAsync(
        IResource resource, string sql, JsonNode? parameters = null, CancellationToken? cancellationToken = null)
    {
        var arguments = new JsonObject { ["sql"] = sql, ["parameters"] = parameters };
        return resource.CallAsync("query", JsonSerializer.SerializeToElement(arguments), cancellationToken ?? Limit);
    }

    protected static async Task<string> FirstValueAsync(IResource resource, string sql, JsonNode? parameters = null)
    {
        JsonElement result = await QueryAsync(resource, sql, parameters);
        return result.GetProperty("rows")[0].EnumerateObject().First().Value.GetRawText();
    }

    protected Task<long> CountTaggedAsync() => Database.ScalarAsync<long>(
        $"select count(*) from pg_stat_activity where application_name = '{Tag}'", Limit);
}
