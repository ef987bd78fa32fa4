using System.Collections.Concurrent;
using System.Text.Json;

namespace Bulkhead.Engine.Resources;

/// <summary>Values that live as long as one execution. Every key begins with <c>exec:{id}:</c>; all are evicted at the release.</summary>
public sealed class ExecutionCache(string executionId)
{
    private readonly ConcurrentDictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    public int Count => _values.Count;

    public IReadOnlyCollection<string> Keys => [.. _values.Keys];

    public void Set(string name, JsonElement value) => _values[Key(name)] = value.Clone();

    /// <summary>The value, or null.</summary>
    public JsonElement? Find(string name) => _values.TryGetValue(Key(name), out JsonElement value) ? value : null;

    internal void Evict() => _values.Clear();

    private string Key(string name) => $"exec:{executionId}:{name}";
}
