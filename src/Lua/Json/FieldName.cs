namespace Bulkhead.Lua.Json;

/// <summary>The bytes of a field's name, where Lua keeps them.</summary>
internal readonly unsafe record struct FieldName(nint Start, int Length)
{
    internal ReadOnlySpan<byte> Bytes => new((void*)Start, Length);
}
