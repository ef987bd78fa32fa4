using System.Buffers;
using System.Text.Json;
using k8s.Models;

namespace k8s;

/// <summary>One line of a watch: <c>{"type":"ADDED","object":{...}}</c>.</summary>
internal static class WatchLine
{
    /// <exception cref="KubernetesException">The line is an error.</exception>
    /// <exception cref="JsonException">The line is cut off or no watch line.</exception>
    public static (WatchEventType Type, T Object) Parse<T>(in ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        var (type, start, length) = Split(bytes);
        var body = bytes.Slice(start, length);
        if (type == WatchEventType.Error)
            throw new KubernetesException(JsonSerializer.Deserialize<V1Status>(body, KubernetesJson.Answers)!);
        return (type, JsonSerializer.Deserialize<T>(body, KubernetesJson.Answers)!);
    }

    private static (WatchEventType Type, int Start, int Length) Split(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        WatchEventType? type = null;
        var (start, length) = (0, 0);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
                type = TypeOf(reader.ValueSpan);
            var at = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject)
                (start, length) = (at, (int)reader.BytesConsumed - at);
        }
        return type is { } t && length > 0 ? (t, start, length) : throw new JsonException("not a line of a watch");
    }

    private static WatchEventType TypeOf(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("ADDED"u8) => WatchEventType.Added,
        _ when name.SequenceEqual("MODIFIED"u8) => WatchEventType.Modified,
        _ when name.SequenceEqual("DELETED"u8) => WatchEventType.Deleted,
        _ when name.SequenceEqual("BOOKMARK"u8) => WatchEventType.Bookmark,
        _ when name.SequenceEqual("ERROR"u8) => WatchEventType.Error,
        _ => throw new JsonException("a type of event that no version of the API has"),
    };
}
