using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// Values that live as long as one execution, shared by its branches. Every key begins with <c>exec:{id}:</c>; all are evicted at the release.
/// </summary>
public sealed class ExecutionCache(string executionId)
{
    /// <summary>Most bytes of all values together, as JSON text: 64 MiB.</summary>
    public const long MaxBytes = 64L << 20;

    /// <summary>Most keys.</summary>
    public const int MaxKeys = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock) return _values.Count;
        }
    }

    public IReadOnlyCollection<string> Keys
    {
        get
        {
            lock (_lock) return [.. _values.Keys];
        }
    }

    /// <exception cref="NodeFailureException">The cache is full.</exception>
    public void Set(string name, JsonElement value)
    {
        var key = Key(name);
        lock (_lock)
        {
            var bytes = _bytes + SizeOf(value) - (_values.TryGetValue(key, out var old) ? SizeOf(old) : 0);
            if (bytes > MaxBytes) throw new NodeFailureException("ActionError", $"The execution's cache is full: {MaxBytes >> 20} MiB.", retryable: false);
            if (_values.Count == MaxKeys && !_values.ContainsKey(key))
                throw new NodeFailureException("ActionError", $"The execution's cache is full: {MaxKeys} keys.", retryable: false);
            _values[key] = value.Clone();
            _bytes = bytes;
        }
    }

    /// <summary>The value, or null.</summary>
    public JsonElement? Find(string name)
    {
        lock (_lock) return _values.TryGetValue(Key(name), out var value) ? value : null;
    }

    /// <summary>Whether there was one.</summary>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            if (!_values.Remove(Key(name), out var old)) return false;
            _bytes -= SizeOf(old);
            return true;
        }
    }

    internal void Evict()
    {
        lock (_lock)
        {
            _values.Clear();
            _bytes = 0;
        }
    }

    private static long SizeOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;

    private string Key(string name) => $"exec:{executionId}:{name}";
}
