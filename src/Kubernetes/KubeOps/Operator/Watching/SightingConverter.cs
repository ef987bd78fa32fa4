using System.Text.Json;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace KubeOps.Operator.Watching;

/// <summary>
/// Cuts each item of a page down before the next one is read, so that one of them at a time lies in memory as a whole: raw JSON of numbers takes seven times its bytes.
/// </summary>
internal sealed class SightingConverter<TEntity>(EntityReader<TEntity> reader) : JsonConverter<Sighting<TEntity>>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    public override Sighting<TEntity> Read(ref Utf8JsonReader json, Type typeToConvert, JsonSerializerOptions options) => reader.Read(JsonElement.ParseValue(ref json));

    public override void Write(Utf8JsonWriter writer, Sighting<TEntity> value, JsonSerializerOptions options) => throw new NotSupportedException("it is only read");
}
