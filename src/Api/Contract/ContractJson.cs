using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>The contract between operator (or CLI) and worker as JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(ExecutionEvent))]
[JsonSerializable(typeof(WorkerTermination))]
[JsonSerializable(typeof(ReleaseReport))]
[JsonSerializable(typeof(Checkpoint))]
public sealed partial class ContractJson : JsonSerializerContext;
