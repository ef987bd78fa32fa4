using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>Connections of type <c>postgres</c>. See README.md in this folder.</summary>
public sealed class PostgresDriver : IConnectionDriver
{
    public string Type => "postgres";

    public string Category => "database";

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection)
    {
        PostgresOptions.Read(connection, out IReadOnlyList<Problem> problems);
        return problems;
    }

    public async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        PostgresLogin login = Login(request);
        List<KeyValuePair<string, string>> settings = [.. ServerSettings.For(login.Options, request.TimeLeft)];
        var warnings = new List<string>();
        while (true)
        {
            PooledSettings? pooled = login.Options.IsPooled ? new PooledSettings(login.Tag, settings) : null;
            NpgsqlDataSource source = login.ForWork(pooled is null ? settings : []);
            try
            {
                return await PostgresResource.OpenAsync(login, source, pooled, warnings, cancellationToken);
            }
            catch (PostgresException refusal) when (RefusedSettings(refusal, settings) is { Count: > 0 } refused)
            {
                await source.DisposeAsync();
                settings.RemoveAll(refused.Contains);
                warnings.Add($"The server refused {string.Join(", ", refused.Select(s => s.Key))}, left out: {refusal.MessageText}");
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                await source.DisposeAsync();
                throw PostgresErrors.Describe(error, "The database could not be opened");
            }
            catch
            {
                await source.DisposeAsync();
                throw;
            }
        }
    }

    public async Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await new PostgresRelease(Login(request)).AskAsync(TimeSpan.Zero, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresErrors.Describe(error, "The server could not be asked for our sessions");
        }
    }

    public async Task<IReadOnlyList<TaggedSessions>> AuditAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await new PostgresAudit(Login(request)).CountAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresErrors.Describe(error, "The server could not be asked for its sessions");
        }
    }

    private static PostgresLogin Login(OpenRequest request)
    {
        PostgresOptions options = PostgresOptions.Read(request.Connection, out IReadOnlyList<Problem> problems);
        return problems.Count == 0
            ? new PostgresLogin { Options = options, Credentials = request.Credentials, Tag = request.OwnerTag.ToString() }
            : throw new NodeFailureException("SqlError", string.Join(" ", problems.Select(p => p.Message)), retryable: false);
    }

    /// <summary>Settings that an older server or a pooler does not take; a pooler that takes no options at all refuses every one.</summary>
    private static List<KeyValuePair<string, string>> RefusedSettings(
        PostgresException refusal, List<KeyValuePair<string, string>> settings) =>
        refusal.SqlState is not ("42704" or "22023" or "08P01" or "0A000" or "42501") ? []
        : settings.FindAll(s => refusal.MessageText.Contains($"\"{s.Key}\"", StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } named ? named
        : refusal.MessageText.Contains("options", StringComparison.Ordinal) ? [.. settings] : [];
}
