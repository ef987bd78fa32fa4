using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulkhead.Api.Schemas;

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SchemaJson : JsonSerializerContext;
