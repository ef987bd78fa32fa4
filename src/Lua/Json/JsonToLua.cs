using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>
/// Pushes JSON straight from its UTF-8 text on a Lua stack. The VM's limit must be off; the memory used is compared with it on the way.
/// Each open array or object lies on the stack, an object with its pending key above it.
/// </summary>
internal unsafe ref struct JsonToLua
{
    private const int ValuesBetweenChecks = 64;

    private readonly nint _state;
    private readonly VmBlock* _block;
    private int _depth;
    private int _values;
    private Positions _next;

    private JsonToLua(nint state, VmBlock* block)
    {
        _state = state;
        _block = block;
    }

    /// <summary>Pushes one value. JSON null becomes the sentinel.</summary>
    /// <exception cref="LuaJsonException">Too deep, too many values, a number out of range, or no memory left; the stack holds a part of the value then.</exception>
    internal static void Push(nint state, VmBlock* block, JsonElement value)
    {
        if (LuaNative.CheckStack(state, JsonBounds.Depth * 2 + 8) == 0)
            throw new LuaJsonException("no room on the Lua stack");
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            LuaFast.PushNil(state);
            return;
        }

        var reader = new Utf8JsonReader(
            JsonMarshal.GetRawUtf8Value(value), new JsonReaderOptions { MaxDepth = JsonBounds.Depth + 1 });
        new JsonToLua(state, block).PushAll(ref reader);
    }

    private void PushAll(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Open(isArray: false);
                    continue;
                case JsonTokenType.StartArray:
                    Open(isArray: true);
                    continue;
                case JsonTokenType.PropertyName:
                    PushText(ref reader);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _depth--;
                    break;
                default:
                    PushScalar(ref reader);
                    break;
            }

            Store();
        }
    }

    private void Open(bool isArray)
    {
        if (_depth == JsonBounds.Depth)
            throw new LuaJsonException($"JSON nested deeper than {JsonBounds.Depth}");
        LuaNative.CreateTable(_state, 0, 0);
        if (isArray)
        {
            ArrayTypeRef.Push(_state);
            _ = LuaNative.SetMetatable(_state, -2);
        }

        _next[_depth++] = isArray ? 1 : 0;
    }

    /// <summary>Puts the finished value on top of the stack into the container below it.</summary>
    private void Store()
    {
        if (++_values % ValuesBetweenChecks == 0)
            CheckBounds();
        if (_depth == 0)
            return;
        ref var next = ref _next[_depth - 1];
        if (next > 0)
            LuaNative.RawSetItem(_state, -2, next++);
        else
            LuaNative.RawSet(_state, -3);
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

    private void PushScalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                PushText(ref reader);
                break;
            case JsonTokenType.Number:
                PushNumber(ref reader);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                LuaFast.PushBoolean(_state, reader.TokenType == JsonTokenType.True ? 1 : 0);
                break;
            default:
                LuaFast.PushPointer(_state, 0);
                break;
        }
    }

    private readonly void PushNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
            LuaFast.PushInteger(_state, integer);
        else if (reader.TryGetDouble(out var number) && double.IsFinite(number))
            LuaFast.PushNumber(_state, number);
        else
            throw new LuaJsonException($"the number {Encoding.UTF8.GetString(reader.ValueSpan)} is out of range");
    }

    private readonly void PushText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            LuaNative.PushString(_state, reader.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(buffer);
            LuaNative.PushString(_state, buffer.AsSpan(0, length));
        }
        catch (InvalidOperationException)
        {
            throw new LuaJsonException("a JSON string holds half of a surrogate pair");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>For each open container the index of its next item, or 0 for an object.</summary>
    [InlineArray(JsonBounds.Depth)]
    private struct Positions
    {
        private int _first;
    }
}
