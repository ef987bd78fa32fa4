namespace Bulkhead.Lua.Json;

/// <summary>One field of an object being written.</summary>
/// <param name="Start">Where Lua keeps the bytes of its name.</param>
/// <param name="Length">Of the name.</param>
/// <param name="Value">The stack index of its value, or 0 when it must be looked up.</param>
internal readonly unsafe record struct FieldName(nint Start, int Length, int Value)
{
    internal ReadOnlySpan<byte> Bytes => new((void*)Start, Length);
}
