using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>The contract between operator (or CLI) and worker as JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = ContractJson.MaxDepth,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(ExecutionEvent))]
[JsonSerializable(typeof(WorkerTermination))]
[JsonSerializable(typeof(ReleaseReport))]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(AuditReport))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>Levels of nesting: a document or state of 64 levels, and what is wrapped around it.</summary>
    public const int MaxDepth = 128;
}
