using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Engine.Resources;
using Npgsql;

namespace Bulkhead.Conformance;

/// <summary>
/// What one row works with: a database and role of its own on a real server, and a way to run executions through every stage,
/// loader to engine. Dropped afterwards, with whatever a sabotaged run left behind.
/// </summary>
internal sealed class Bench(RowWiring wiring, PostgresInstance server, string name) : IAsyncDisposable
{
    private readonly List<PostgresDatabase> _databases = [];
    private readonly ConcurrentDictionary<string, Credentials> _handedOut = new(StringComparer.Ordinal);

    public RowWiring Wiring { get; } = wiring;

    public PostgresDatabase Database => _databases[0];

    public SortedDictionary<string, string> Measured { get; } = new(StringComparer.Ordinal);

    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        string suffix = $"{name}_{Guid.NewGuid().ToString("n")[..8]}_{_databases.Count}";
        PostgresDatabase database = await server.CreateDatabaseAsync($"norp_{suffix}", $"workflow_user_{suffix}", cancellationToken);
        _databases.Add(database);
        return database;
    }

    public static void Expect(bool holds, string claim)
    {
        if (!holds)
        {
            throw new RowFailedException(claim);
        }
    }

    public void Measure(string what, object value) => Measured[what] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The seed's connection 5, owned by a tenant.</summary>
    public ConnectionDefinition Connection(string id = "5", string tenant = "acme", PostgresDatabase? database = null) =>
        (database ?? Database).Connection($"orders-db-{id}", id, tenant);

    /// <summary>Secrets by the connection's database, as mounted Secrets would be.</summary>
    public Credentials CredentialsOf(ConnectionDefinition connection)
    {
        string database = connection.Config.GetProperty("database").GetString()!;
        return _databases.Find(d => d.Name == database)!.Credentials;
    }

    /// <summary>The copies that drivers were given, by connection.</summary>
    public IReadOnlyDictionary<string, Credentials> HandedOut => _handedOut;

    public DriverRegistry Drivers() => new([new WatchingDriver(Wiring.Driver(new PostgresDriver()), _handedOut)]);

    public UserExecutionContext Context(string tenant = "acme", string user = "alice") => UserExecutionContext.Create(
        new ContextFields
        {
            ExecutionUid = Wiring.NewExecutionUid(),
            TenantId = tenant,
            UserId = user,
            ThreadId = Guid.NewGuid().ToString(),
            RunId = Guid.NewGuid().ToString(),
        },
        TimeProvider.System);

    /// <summary>Every stage as the worker runs them: load, context check, engine. A stage with faults is the last one.</summary>
    public async Task<Observation> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        Guid uid = Wiring.NewExecutionUid();
        IReadOnlyList<ConnectionDefinition> connections = Wiring.Declare(request.Connections);
        LoadResult loaded = Wiring.Load(request.Document);
        var problems = new List<Problem>(loaded.Problems);
        if (loaded.Workflow is null && (Wiring.StopAtFaults || problems.Count == 0))
        {
            return new Observation { ExecutionUid = uid, Problems = problems };
        }

        Workflow workflow = loaded.Workflow ?? WorkflowLoader.Load(SeedDocuments.Unknown).Workflow!;
        problems.AddRange(Wiring.Check(new ContextRequest
        {
            Workflow = workflow,
            TenantId = request.TenantId,
            UserId = request.UserId,
            Connections = connections,
            DriverTypes = ["postgres"],
        }).Problems);
        return problems.Count > 0
            ? new Observation { ExecutionUid = uid, Problems = problems }
            : await ExecuteAsync(request, workflow, uid, connections, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PostgresDatabase database in _databases)
        {
            await database.DropAsync(CancellationToken.None);
        }
    }

    private async Task<Observation> ExecuteAsync(
        RunRequest request, Workflow workflow, Guid uid, IReadOnlyList<ConnectionDefinition> connections, CancellationToken cancellationToken)
    {
        Job job = Wiring.Job(JobOf(request, uid, connections));
        var sessions = new ConcurrentQueue<ServerSession>();
        var recorder = new EventRecorder(Wiring.Event, e => Watch(e, request, sessions));
        var host = new LocalHost(
            new WorkflowLimits(),
            Drivers(),
            name => CredentialsOf(connections.First(c => c.Name == name)),
            TimeProvider.System);
        await using var factory = new ExecutionEngineFactory(new SilentBridge(), host);
        UserExecutionContext context = UserExecutionContext.Create(Wiring.Identify(ContextFields.Of(job), job), TimeProvider.System);
        await using UserExecutionScope scope = await factory.OpenScopeAsync(context, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.Stop);
        ExecutionResult result = await scope.Engine.RunAsync(workflow, job, recorder, stop.Token);
        return new Observation { ExecutionUid = uid, Result = result, Events = recorder.All, Sessions = [.. sessions.Distinct()] };
    }

    private static Job JobOf(RunRequest request, Guid uid, IReadOnlyList<ConnectionDefinition> connections) => new()
    {
        ExecutionUid = uid,
        Attempt = 1,
        TenantId = request.TenantId,
        UserId = request.UserId,
        ThreadId = Guid.NewGuid().ToString(),
        RunId = Guid.NewGuid().ToString(),
        Workflow = JsonElement.Parse(request.Document),
        Inputs = JsonElement.Parse("{}"),
        Connections = connections,
        EagerLoading = request.Eager,
        TimeoutMs = request.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : null,
    };

    /// <summary>Looks at the server while the execution uses it: events are emitted between the execution's own steps.</summary>
    private void Watch(ExecutionEvent executionEvent, RunRequest request, ConcurrentQueue<ServerSession> sessions)
    {
        if (Observation.Field(executionEvent, "event") is "RESOURCE_ALLOCATED" or "RESOURCE_REUSED")
        {
            foreach (PostgresDatabase database in _databases)
            {
                Look(database, sessions);
            }
        }

        request.OnEvent?.Invoke(executionEvent);
    }

    private static void Look(PostgresDatabase database, ConcurrentQueue<ServerSession> sessions)
    {
        using NpgsqlDataSource source = NpgsqlDataSource.Create(database.Server.SuperuserConnectionString);
        using NpgsqlCommand command = source.CreateCommand(
            $"select pid || ' ' || backend_start, application_name from pg_stat_activity where usename = '{database.Role}'");
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            sessions.Enqueue(new ServerSession(reader.GetString(0), reader.GetString(1)));
        }
    }
}
