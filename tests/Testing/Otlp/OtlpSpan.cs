namespace Bulkhead.Testing.Otlp;

/// <summary>One span as it came over the wire. Field numbers: opentelemetry-proto, trace/v1/trace.proto.</summary>
/// <param name="Service"><c>service.name</c> of the resource.</param>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="ParentId">16 hex digits, or empty.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Texts and whole numbers.</param>
/// <param name="IsError">Status ERROR.</param>
public sealed record OtlpSpan(string Service, string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Tags, bool IsError)
{
    private const string ErrorCode = "02";

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> Of(Protobuf request) =>
        from resource in request.All(1)
        let service = TagsOf(resource.All(1, 1))["service.name"]
        from span in resource.All(2, 2)
        select new OtlpSpan(
            service, span[1]!.Hex, span[2]!.Hex, span[4]?.Hex ?? "", span[5]!.Text, TagsOf(span.All(9)), span[15]?[3]?.Hex == ErrorCode);

    private static Dictionary<string, string> TagsOf(IEnumerable<Protobuf> attributes) => attributes.ToDictionary(
        a => a[1]!.Text, a => a[2]?[1]?.Text ?? (a[2]?[3] is { Bytes.Length: 1 } number ? $"{number.Bytes.Span[0]}" : ""), StringComparer.Ordinal);
}
