using System.Text.Json.Serialization;

namespace Bulkhead.Engine.Resources;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(double))]
internal sealed partial class ResourceJson : JsonSerializerContext;
