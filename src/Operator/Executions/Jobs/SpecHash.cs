using System.Security.Cryptography;
using System.Text.Json;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>SHA-256 (64 hex digits) of the fields that are immutable after creation, whatever the order of the keys inside them.</summary>
internal static class SpecHash
{
    public static string Of(WorkflowExecutionSpec spec)
    {
        var immutable = spec with
        {
            DesiredState = null,
            TtlSecondsAfterFinished = null,
            Timeouts = null,
            Release = null,
            RerunToken = null,
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Write(writer, JsonSerializer.SerializeToElement(immutable, ResourceJson.Default.WorkflowExecutionSpec));
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
