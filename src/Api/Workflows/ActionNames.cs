namespace Bulkhead.Api.Workflows;

/// <summary>
/// The actions that <c>uses</c> may name. The list stands here, beside the language, so that lint and the operator know it without the
/// engine; a test of the engine holds it equal to what is registered.
/// </summary>
public static class ActionNames
{
    /// <summary>In ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "cache.delete", "cache.get", "cache.set", "csv.parse", "csv.stringify", "data.filter", "data.merge", "events.emit", "hash.sha256",
        "http.delete", "http.get", "http.post", "http.put", "json.parse", "json.stringify", "llm.call", "log.error", "log.info", "log.warn", "sleep", "time.now", "uuid",
    ];
}
