using System.Collections.Frozen;

namespace Bulkhead.Api.Workflows;

/// <summary>The actions that the engine has, so that an unknown one is found when a document is loaded. A test holds both lists together.</summary>
public static class ActionNames
{
    public static IReadOnlySet<string> All { get; } = new[]
    {
        "cache.delete", "cache.get", "cache.set", "csv.parse", "csv.stringify", "data.filter", "data.merge", "events.emit", "hash.sha256",
        "http.delete", "http.get", "http.post", "http.put", "json.parse", "json.stringify", "llm.call", "log.error", "log.info", "log.warn", "sleep", "time.now", "uuid",
    }.ToFrozenSet(StringComparer.Ordinal);
}
