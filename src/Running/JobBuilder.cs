using System.Buffers;
using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Problems;

namespace Bulkhead.Running;

/// <summary>Turns what the user gave into a job, or into all faults of the first stage that has any. Touches no external system.</summary>
public static class JobBuilder
{
    public static PreparedRun Build(RunInput input)
    {
        var source = input.Source;
        if (source.Problems.Count > 0) return Refused(source, source.Problems);

        var connections = input.Connections with { Manifests = [source.Manifests, .. input.Connections.Manifests] };
        var faults = connections.Manifests.SelectMany(m => m.Problems).ToList();
        if (faults.Count > 0) return Refused(source, faults);

        var tenant = input.Tenant ?? source.Spec.TenantId ?? source.Workflow!.TenantId ?? ConnectionsFile.DefaultTenant;
        var user = input.User ?? source.Spec.UserId ?? "default_user";
        var (declared, problems) = DeclaredConnections.Of(
            source.Workflow!, source.Spec.Connections ?? [], connections.Definitions(tenant), tenant, user);
        if (problems.Count > 0) return Refused(source, problems);

        var secrets = connections.Secrets(declared, tenant, faults);
        if (faults.Count > 0) return Refused(source, faults);

        return new PreparedRun
        {
            Name = source.Name,
            Job = JobOf(input, source, tenant, user, declared),
            Secrets = secrets,
            Warnings = source.Warnings,
        };
    }

    /// <summary>One JSON object of two: the fields of the second win.</summary>
    public static JsonElement Merged(JsonElement? inputs, IReadOnlyDictionary<string, JsonElement> over)
    {
        var merged = inputs is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in over) merged[name] = value;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in merged)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = ContractJson.MaxDepth });
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

    private static PreparedRun Refused(ExecutionSource source, IReadOnlyList<Problem> problems) =>
        new() { Name = source.Name, Problems = problems, Warnings = source.Warnings };
}
