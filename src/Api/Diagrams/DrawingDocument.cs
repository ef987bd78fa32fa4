using System.Text.Json.Serialization;

namespace Bulkhead.Api.Diagrams;

/// <summary>A drawing as JSON.</summary>
internal sealed record DrawingDocument(IReadOnlyList<Box> Boxes, IReadOnlyList<Arrow> Arrows, IReadOnlyDictionary<string, string> Frames);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DrawingDocument))]
internal sealed partial class DrawingJsonContext : JsonSerializerContext;
