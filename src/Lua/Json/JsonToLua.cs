using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>
/// Pushes JSON on a Lua stack straight from its UTF-8 text, into tables made in their final size. The VM's limit must be off; the
/// memory used is compared with it on the way.
/// </summary>
internal unsafe ref struct JsonToLua
{
    private const int ValuesBetweenChecks = 64;
    private const byte Escape = (byte)'\\';

    private readonly nint _state;
    private readonly VmBlock* _block;
    private int _depth;
    private int _values;

    private JsonToLua(nint state, VmBlock* block)
    {
        _state = state;
        _block = block;
    }

    /// <summary>Pushes one value. JSON null becomes the sentinel, an undefined element nil.</summary>
    /// <exception cref="LuaJsonException">Too deep, too many values, a number out of range, or no memory left; the stack holds a part of the value then.</exception>
    internal static void Push(nint state, VmBlock* block, JsonElement value)
    {
        if (LuaNative.CheckStack(state, JsonBounds.Depth * 2 + 8) == 0)
            throw new LuaJsonException("no room on the Lua stack");
        new JsonToLua(state, block).PushValue(value);
    }

    private void PushValue(JsonElement value)
    {
        if (++_values % ValuesBetweenChecks == 0)
            CheckBounds();
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                PushObject(value);
                break;
            case JsonValueKind.Array:
                PushArray(value);
                break;
            case JsonValueKind.String:
                PushText(JsonMarshal.GetRawUtf8Value(value));
                break;
            case JsonValueKind.Number:
                PushNumber(value);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                LuaFast.PushBoolean(_state, value.ValueKind == JsonValueKind.True ? 1 : 0);
                break;
            case JsonValueKind.Null:
                LuaFast.PushPointer(_state, 0);
                break;
            default:
                LuaFast.PushNil(_state);
                break;
        }
    }

    private void PushObject(JsonElement value)
    {
        Open(0, value.GetPropertyCount());
        foreach (var field in value.EnumerateObject())
        {
            PushName(field);
            PushValue(field.Value);
            LuaNative.RawSet(_state, -3);
        }

        _depth--;
    }

    private void PushArray(JsonElement value)
    {
        Open(value.GetArrayLength(), 0);
        ArrayTypeRef.Push(_state);
        _ = LuaNative.SetMetatable(_state, -2);
        var index = 0L;
        foreach (var item in value.EnumerateArray())
        {
            PushValue(item);
            LuaNative.RawSetItem(_state, -2, ++index);
        }

        _depth--;
    }

    private void Open(int items, int fields)
    {
        if (_depth++ == JsonBounds.Depth)
            throw new LuaJsonException($"JSON nested deeper than {JsonBounds.Depth}");
        if (_values + items + fields > JsonBounds.Values)
            throw new LuaJsonException($"more than {JsonBounds.Values} JSON values");
        LuaNative.CreateTable(_state, items, fields);
    }

    private readonly void CheckBounds()
    {
        if (_values > JsonBounds.Values)
            throw new LuaJsonException($"more than {JsonBounds.Values} JSON values");
        if (_block->Used <= _block->Limit && !BudgetShare.IsOver(_block))
            return;
        _block->Reason = (int)StopReason.OutOfMemory;
        throw new LuaJsonException("not enough memory");
    }

    private readonly void PushNumber(JsonElement value)
    {
        if (value.TryGetInt64(out var integer))
            LuaFast.PushInteger(_state, integer);
        else if (value.TryGetDouble(out var number) && double.IsFinite(number))
            LuaFast.PushNumber(_state, number);
        else
            throw new LuaJsonException($"the number {value.GetRawText()} is out of range");
    }

    private readonly void PushName(JsonProperty field)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(field);
        if (raw.Contains(Escape))
            LuaNative.PushString(_state, Unescaped(() => field.Name));
        else
            LuaNative.PushString(_state, raw);
    }

    /// <summary>The raw text of a string, in its quotes.</summary>
    private readonly void PushText(ReadOnlySpan<byte> raw)
    {
        if (raw.Contains(Escape))
            PushEscaped(raw);
        else
            LuaNative.PushString(_state, raw[1..^1]);
    }

    private readonly void PushEscaped(ReadOnlySpan<byte> raw)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            var reader = new Utf8JsonReader(raw);
            reader.Read();
            LuaNative.PushString(_state, buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        catch (InvalidOperationException)
        {
            throw HalfSurrogate();
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Unescaped(Func<string> name)
    {
        try
        {
            return Encoding.UTF8.GetBytes(name());
        }
        catch (InvalidOperationException)
        {
            throw HalfSurrogate();
        }
    }

    private static LuaJsonException HalfSurrogate() => new("a JSON string holds half of a surrogate pair");
}
