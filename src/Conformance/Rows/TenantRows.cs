using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Conformance.Broken;
using Bulkhead.Conformance.Postgres;
using static Bulkhead.Conformance.Bench;

namespace Bulkhead.Conformance.Rows;

/// <summary>NORP-002: one tenant per execution.</summary>
internal static class TenantRows
{
    public static IReadOnlyList<ConformanceRow> All =>
    [
        new("NORP-002-T1", "Tenant conflict refused") { Run = ConflictAsync, Sabotage = Saboteurs.NoContextCheck },
        new("NORP-002-T2", "Cross-tenant connection refused") { Run = CrossTenantAsync, Sabotage = Adopt },
        new("NORP-002-T3", "Global connection allowed and audited")
        {
            Run = GlobalAsync, Sabotage = wiring => wiring with { Event = e => { e.Fields?.Remove("global"); return e; } },
        },
        new("NORP-002-T4", "Run-time escalation refused with zero queries") { Run = EscalationAsync, Sabotage = Adopt },
        new("NORP-002-T5", "Writes stay in the tenant") { Run = WritesAsync, Sabotage = OneDatabase },
    ];

    /// <summary>Every connection belongs to whoever asks.</summary>
    private static RowWiring Adopt(RowWiring wiring) => wiring with { Declare = all => [.. all.Select(c => c with { TenantId = "acme" })] };

    /// <summary>All tenants get the database of the first.</summary>
    private static RowWiring OneDatabase(RowWiring wiring)
    {
        ConnectionDefinition? first = null;
        return wiring with
        {
            Declare = all =>
            {
                first ??= all[0];
                return [.. all.Select(c => c with { Config = first.Config })];
            },
        };
    }

    private static async Task<string> ConflictAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.OfAcme) { TenantId = "globex", Connections = [bench.Connection(tenant: "globex")] }, cancellationToken);
        ValidationRows.ExpectOnly(run, ProblemClass.PermissionError, "TENANT_CONFLICT");
        Expect(run.Problems[0].Message == "Tenant conflict: workflow owned by acme, execution context is globex", $"the message says whose it is: {run.Problems[0].Message}");
        await ValidationRows.ExpectUntouchedAsync(bench, run, cancellationToken);
        return run.Problems[0].Message;
    }

    private static async Task<string> CrossTenantAsync(Bench bench, CancellationToken cancellationToken)
    {
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.OfAcme) { Connections = [bench.Connection(tenant: "globex")] }, cancellationToken);
        ValidationRows.ExpectOnly(run, ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION");
        await ValidationRows.ExpectUntouchedAsync(bench, run, cancellationToken);
        return run.Problems[0].Message;
    }

    private static async Task<string> GlobalAsync(Bench bench, CancellationToken cancellationToken)
    {
        ConnectionDefinition shared = bench.Connection() with { TenantId = null, Global = true };
        Observation run = await bench.RunAsync(new RunRequest(SeedDocuments.OfAcme) { Connections = [shared] }, cancellationToken);
        Expect(run.Result?.Phase == ExecutionPhase.Succeeded, "a global connection is allowed");
        ExecutionEvent allocated = run.Named("RESOURCE_ALLOCATED").Single();
        Expect(Observation.Field(allocated, "global") == "True", "its use is audited as global");
        Expect(Observation.Field(allocated, "tenant_id") == "acme", "the audit names the tenant");
        return "allowed; its event says global and names the tenant";
    }

    private static async Task<string> EscalationAsync(Bench bench, CancellationToken cancellationToken)
    {
        await bench.Database.ExecuteAsync($"create table touched (n int); grant all on touched to \"{bench.Database.Role}\"", cancellationToken);
        Observation run = await bench.RunAsync(
            new RunRequest(SeedDocuments.Escalates) { Connections = [bench.Connection("7", tenant: "globex")] }, cancellationToken);
        Expect(run.Result?.Phase == ExecutionPhase.Failed, $"the execution fails, not {run.Result?.Phase}");
        Expect(run.Named("RESOURCE_REFUSED").Count == 1, "the attempt is logged");
        Expect(await bench.Database.ScalarAsync<long>("select count(*) from touched", cancellationToken) == 0, "no query ran");
        await ValidationRows.ExpectUntouchedAsync(bench, run, cancellationToken);
        return "refused inside the script; attempt logged, 0 sessions, 0 rows";
    }

    private static async Task<string> WritesAsync(Bench bench, CancellationToken cancellationToken)
    {
        (string Tenant, PostgresDatabase Database)[] tenants = [("acme", bench.Database), ("globex", await bench.CreateDatabaseAsync(cancellationToken))];
        ConnectionDefinition[] all = [.. tenants.Select(t => bench.Connection("5", t.Tenant, t.Database) with { Name = $"db-of-{t.Tenant}" })];
        foreach ((_, PostgresDatabase database) in tenants)
        {
            await database.ExecuteAsync($"create table touched (n int); grant all on touched to \"{database.Role}\"", cancellationToken);
        }

        foreach ((string tenant, _) in tenants)
        {
            Observation run = await bench.RunAsync(new RunRequest(SeedDocuments.Writes) { TenantId = tenant, Connections = all }, cancellationToken);
            Expect(run.Result?.Phase == ExecutionPhase.Succeeded, $"{tenant} writes: {run.Why}");
        }

        foreach ((string tenant, PostgresDatabase database) in tenants)
        {
            long rows = await database.ScalarAsync<long>("select count(*) from touched", cancellationToken);
            Expect(rows == 1, $"{tenant} has its own row and no other, not {rows}");
        }

        return "same workflow, same connection id, two tenants: one row in each tenant's own database";
    }
}
