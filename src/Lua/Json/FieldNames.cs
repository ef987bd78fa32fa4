using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Json;

/// <summary>The fields of all objects being written, one stretch per open object.</summary>
internal sealed unsafe class FieldNames
{
    private readonly List<FieldName> _names = [];

    internal int Count => _names.Count;

    internal FieldName this[int index] => _names[index];

    internal void Add(ReadOnlySpan<byte> name, int value) =>
        _names.Add(new FieldName((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(name)), name.Length, value));

    internal void Sort(int first)
    {
        if (_names.Count - first > 1)
            CollectionsMarshal.AsSpan(_names)[first..].Sort(static (a, b) => a.Bytes.SequenceCompareTo(b.Bytes));
    }

    internal void End(int first) => _names.RemoveRange(first, _names.Count - first);
}
