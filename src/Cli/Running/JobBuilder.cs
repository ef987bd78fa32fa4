using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Manifests;
using Bulkhead.Api.Problems;

namespace Bulkhead.Cli.Running;

/// <summary>Turns what the user gave into a job, or into all faults of the first stage that has any. Touches no external system.</summary>
internal sealed class JobBuilder(Func<string, string?> environment)
{
    public PreparedRun Build(RunInput input)
    {
        var source = ExecutionSource.Read(input.Document);
        if (source.Problems.Count > 0) return Refused(source, source.Problems);

        var connections = input.Connections is { } bytes ? ManifestReader.Read(bytes) : new ManifestSet();
        if (connections.Problems.Count > 0) return Refused(source, connections.Problems);

        IReadOnlyList<ManifestSet> sets = [source.Manifests, connections];
        var tenant = input.Tenant ?? source.Spec.TenantId ?? source.Workflow!.TenantId ?? "local";
        var user = input.User ?? source.Spec.UserId ?? "default_user";
        var file = new ConnectionsFile(new SecretValues(input.ConnectionsFolder, input.AllowInlineSecrets, environment));
        var (declared, problems) = DeclaredConnections.Of(source, ConnectionsFile.Definitions(sets, tenant), tenant, user);
        if (problems.Count > 0) return Refused(source, problems);

        var secrets = file.Secrets(sets, declared.Select(c => c.Name));
        if (file.Problems.Count > 0) return Refused(source, file.Problems);

        return new PreparedRun
        {
            Name = source.Name,
            Job = JobOf(input, source, tenant, user, declared),
            Secrets = secrets,
            Warnings = source.Warnings,
        };
    }

    private static Job JobOf(RunInput input, ExecutionSource source, string tenant, string user, IReadOnlyList<ConnectionDefinition> connections) => new()
    {
        ExecutionUid = input.Resume?.ExecutionUid ?? Guid.NewGuid(),
        Attempt = 1,
        TenantId = tenant,
        UserId = user,
        ThreadId = Guid.NewGuid().ToString(),
        RunId = Guid.NewGuid().ToString(),
        Workflow = source.Document!.ToJson(),
        Inputs = Merged(source.Spec.Inputs, input.Inputs),
        Connections = connections,
        EagerLoading = source.Spec.Loading == "Eager",
        TimeoutMs = (long?)(input.Timeout ?? Time(source.Spec.Timeouts?.Active))?.TotalMilliseconds,
        ReleaseGracefulMs = (long?)Time(source.Spec.Release?.Graceful)?.TotalMilliseconds ?? 30_000,
        PlainHttp = input.PlainHttp,
        Resume = input.Resume,
    };

    private static TimeSpan? Time(string? text) => text is null ? null : Durations.Parse(text);

    private static JsonElement Merged(JsonElement? inputs, IReadOnlyDictionary<string, JsonElement> over)
    {
        var merged = inputs is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in over) merged[name] = value;
        return JsonSerializer.SerializeToElement(merged, CliJson.Default.DictionaryStringJsonElement);
    }

    private static PreparedRun Refused(ExecutionSource source, IReadOnlyList<Problem> problems) =>
        new() { Name = source.Name, Problems = problems, Warnings = source.Warnings };
}
