using System.Text.Json.Serialization;

namespace Bulkhead.Engine.Events;

/// <summary>User events as JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserEvent))]
public sealed partial class UserEventJson : JsonSerializerContext;
