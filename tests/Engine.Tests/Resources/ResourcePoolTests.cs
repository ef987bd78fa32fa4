using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Tests.Contexts;
using Bulkhead.Engine.Tests.Drivers;

namespace Bulkhead.Engine.Tests.Resources;

public sealed class ResourcePoolTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly TimeSpan Graceful = TimeSpan.FromSeconds(10);
    private readonly RecordedEvents _events = new();
    private readonly UserExecutionContext _context = ContextBuilder.Context();
    private readonly List<ResourcePool> _pools = [];

    public override async Task DisposeAsync()
    {
        foreach (ResourcePool pool in _pools)
        {
            await pool.ReleaseAsync(Graceful);
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Acquire_ThreeNodes_ShareOneHandleAndOneSession()
    {
        ResourcePool pool = Pool(Database.Connection("orders-db", "5"));
        ResourceLease first = await pool.AcquireAsync(new("5"), "node1", Limit);
        ResourceLease second = await pool.AcquireAsync(new("orders-db"), "node2", Limit);
        ResourceLease third = await pool.AcquireAsync(new("5"), "node3", Limit);
        await third.CheckAsync(Limit);
        first.Handle.ShouldMatch("^conn_[0-9a-f]{8}$");
        new[] { second.Handle, third.Handle }.ShouldAllBe(h => h == first.Handle);
        first.Key.ToString().ShouldBe($"tenant:local:exec:{_context.ExecutionId}:database:5");
        await pool.ReleaseAsync(Graceful);
        _events.Messages.ShouldBe(
        [
            $"[{_context.ExecutionId}] node1: get_resource(database, 5) -> {first.Handle} (CREATED)",
            $"[{_context.ExecutionId}] node2: get_resource(database, 5) -> {first.Handle} (REUSED)",
            $"[{_context.ExecutionId}] node3: get_resource(database, 5) -> {first.Handle} (REUSED)",
            $"[{_context.ExecutionId}] Execution completed -> cleanup()",
            $"[{_context.ExecutionId}] Resource disposed: database:5 ({first.Handle})",
        ]);
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(1, "the work's own; its end was seen on its own connection");
    }

    [Fact]
    public async Task Acquire_TwentyFirstUsesAtOnce_OpenOneHandle()
    {
        ResourcePool pool = Pool(Database.Connection("db"));
        ResourceLease[] leases = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => pool.AcquireAsync(new("db"), $"node{i}", Limit))));
        leases.Select(l => l.Handle).Distinct().ShouldHaveSingleItem();
        _events.Named("RESOURCE_ALLOCATED").Count.ShouldBe(1);
        _events.Named("RESOURCE_REUSED").Count.ShouldBe(19);
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task Events_OfAResource_CarryTheAgreedFields()
    {
        ResourcePool pool = Pool(Database.Connection("db", "5"));
        ResourceLease lease = await pool.AcquireAsync(new("5"), "node1", Limit);
        ExecutionEvent allocated = _events.Named("RESOURCE_ALLOCATED").ShouldHaveSingleItem();
        (allocated.Type, allocated.ExecutionId, allocated.Node).ShouldBe(("resource", _context.ExecutionId, "node1"));
        allocated.Fields!.Keys.Order().ShouldBe(
            ["duration_ms", "event", "level", "message", "resource_handle", "resource_id", "resource_key", "resource_type", "success", "tenant_id"]);
        RecordedEvents.Field(allocated, "resource_key").ShouldBe(lease.Key.ToString());
        allocated.Fields["duration_ms"].GetDouble().ShouldBeGreaterThan(0);
        allocated.Fields.Values.ShouldAllBe(v => !v.ToString().Contains(Database.Password));
    }

    [Fact]
    public async Task Acquire_RefusedConnections_OpenNothingAndAreLogged()
    {
        ConnectionDefinition own = Database.Connection("db", "5");
        (ConnectionDefinition[] Declared, string Reference, string Class, string Message)[] table =
        [
            ([own with { TenantId = "globex" }], "5", "PERMISSION_ERROR", "the connection '5' does not belong to tenant local"),
            ([own with { TenantId = null }], "5", "PERMISSION_ERROR", "the connection '5' does not belong to tenant local"),
            ([own with { AllowedUsers = ["bob"] }], "5", "PERMISSION_ERROR", "user alice may not use the connection 'db'"),
            ([own with { Active = false }], "5", "RESOURCE_ERROR", "the connection 'db' is not active"),
            ([own], "6", "RESOURCE_ERROR", "there is no connection '6'; there are: db"),
            ([own, own with { Name = "db2" }], "5", "RESOURCE_ERROR", "'5' means 2 connections: db, db2"),
            ([own, own with { Name = "db2" }], "db", "RESOURCE_ERROR", "the connection 'db' shares the id '5' with another one"),
            ([own with { Type = "oracle" }], "5", "RESOURCE_ERROR", "the connection 'db' is of type 'oracle'; this build has postgres"),
        ];
        foreach ((ConnectionDefinition[] declared, string reference, string errorClass, string message) in table)
        {
            ResourcePool pool = Pool(declared);
            NodeFailureException failure = await Should.ThrowAsync<NodeFailureException>(() => pool.AcquireAsync(new(reference), "node1", Limit));
            (failure.ErrorType, failure.Message, failure.Retryable).ShouldBe((errorClass, message, false));
        }

        _events.Named("RESOURCE_REFUSED").Count.ShouldBe(table.Length);
        (await Database.CountLoggedSessionsAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Acquire_GlobalConnection_IsAllowedAndAudited()
    {
        ResourcePool pool = Pool(Database.Connection("rates", tenant: null));
        await pool.AcquireAsync(new("rates"), "node1", Limit);
        RecordedEvents.Field(_events.Named("RESOURCE_ALLOCATED").ShouldHaveSingleItem(), "global").ShouldBe("True");
    }

    [Fact]
    public async Task Acquire_OwnConnectionAndOthersOfTheSameId_TakesTheOwn()
    {
        ConnectionDefinition own = Database.Connection("db", "5");
        ResourcePool pool = Pool(own with { TenantId = "globex", Name = "theirs" }, own, own with { TenantId = null, Global = true, Name = "shared" });
        (await pool.AcquireAsync(new("5"), "node1", Limit)).Name.ShouldBe("db");
    }

    [Fact]
    public async Task Acquire_AfterAFailedOpening_TriesAgain()
    {
        await Database.ExecuteAsync($"alter role {Database.Role} nologin", Limit);
        ResourcePool pool = Pool(Database.Connection("db"));
        await Should.ThrowAsync<NodeFailureException>(() => pool.AcquireAsync(new("db"), "node1", Limit));
        RecordedEvents.Field(_events.Named("RESOURCE_ALLOCATED").ShouldHaveSingleItem(), "success").ShouldBe("False");
        await Database.ExecuteAsync($"alter role {Database.Role} login", Limit);
        await pool.AcquireAsync(new("db"), "node1", Limit);
    }

    [Fact]
    public async Task Use_AfterTheEnd_IsRefused()
    {
        ResourcePool pool = Pool(Database.Connection("db"), Database.Connection("db2"));
        ResourceLease lease = await pool.AcquireAsync(new("db"), "node1", Limit);
        (await _context.EndAsync(Limit)).ShouldBeEmpty();
        (await Database.CountSessionsAsync(Limit)).ShouldBe(0, "the context's end releases");
        string expected = $"execution {_context.ExecutionId} has ended";
        Should.Throw<ExecutionEndedException>(() => lease.CheckAsync(Limit)).Message.ShouldBe(expected);
        Should.Throw<ExecutionEndedException>(() => lease.CallAsync("query", default, Limit)).Message.ShouldBe(expected);
        (await Should.ThrowAsync<ExecutionEndedException>(() => pool.AcquireAsync(new("db2"), "node2", Limit))).Message.ShouldBe(expected);
    }

    [Fact]
    public async Task OpenAll_Eager_OpensEachBeforeAnyNode()
    {
        ResourcePool pool = Pool(Database.Connection("a"), Database.Connection("b"), Database.Connection("c"));
        await pool.OpenAllAsync(Limit);
        (await Database.CountSessionsAsync(Limit)).ShouldBe(3);
        await pool.AcquireAsync(new("b"), "node1", Limit);
        _events.Named("RESOURCE_REUSED").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Release_Result_NamesEveryDeclaredConnection()
    {
        ResourcePool pool = Pool(Database.Connection("a", "1"), Database.Connection("b"));
        ResourceLease lease = await pool.AcquireAsync(new("a"), "node1", Limit);
        IReadOnlyList<ConnectionResult> results = await pool.ReleaseAsync(Graceful);
        string prefix = $"tenant:local:exec:{_context.ExecutionId}:database";
        results.ShouldBe(
        [
            new ConnectionResult("a", "database", $"{prefix}:1", lease.Handle, ConnectionState.Released),
            new ConnectionResult("b", "database", $"{prefix}:b", null, ConnectionState.NotOpened),
        ]);
        (await pool.ReleaseAsync(Graceful)).ShouldBeSameAs(results);
    }

    [Fact]
    public async Task Release_CredentialsAndCache_AreForgotten()
    {
        Credentials original = Database.Credentials;
        var pool = new ResourcePool(_context, Settings([Database.Connection("db")]) with { Credentials = _ => original }, _events);
        await pool.AcquireAsync(new("db"), "node1", Limit);
        pool.Cache.Set("rate", ContextBuilder.Json("3"));
        pool.Cache.Keys.ShouldBe([$"exec:{_context.ExecutionId}:rate"]);
        await pool.ReleaseAsync(Graceful);
        pool.Cache.Count.ShouldBe(0);
        original.Find("password").ShouldBe(Database.Password, "only this execution's own copy is emptied");
    }

    [Fact]
    public async Task Release_ServerAway_IsUnknownAndSaysWhy()
    {
        ResourcePool pool = Pool(Database.Connection("a"), Database.Connection("b"));
        await pool.OpenAllAsync(Limit);
        await Server.CrashAsync(Limit);
        try
        {
            IReadOnlyList<ConnectionResult> results = await pool.ReleaseAsync(Graceful);
            results.ShouldAllBe(r => r.State == ConnectionState.Unknown && r.Message!.Contains("could not be asked"));
        }
        finally
        {
            await Server.RestartAsync(Limit);
        }
    }

    [Fact]
    public async Task TwoExecutions_OfOneTenant_ShareNothing()
    {
        ResourcePool first = Pool(Database.Connection("db", "5"));
        UserExecutionContext other = ContextBuilder.Context();
        var second = new ResourcePool(other, Settings([Database.Connection("db", "5")]), _events);
        _pools.Add(second);
        ResourceLease[] leases = await Task.WhenAll(
            first.AcquireAsync(new("5"), "node1", Limit), second.AcquireAsync(new("5"), "node1", Limit));
        leases[0].Handle.ShouldNotBe(leases[1].Handle);
        leases[0].Key.ShouldNotBe(leases[1].Key);
        await first.ReleaseAsync(Graceful);
        await leases[1].CheckAsync(Limit);
        (await Database.CountSessionsAsync(Limit)).ShouldBe(1, "the end of one execution leaves the other alone");
    }

    private ResourcePool Pool(params ConnectionDefinition[] connections)
    {
        var pool = new ResourcePool(_context, Settings(connections), _events);
        _pools.Add(pool);
        return pool;
    }

    private ResourcePoolSettings Settings(IReadOnlyList<ConnectionDefinition> connections) => new()
    {
        Connections = connections,
        Drivers = new DriverRegistry([new PostgresDriver()]),
        Credentials = _ => Database.Credentials,
    };
}
