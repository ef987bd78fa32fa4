using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>
/// Writes Lua values as JSON. Reads raw, so that no metamethod runs and nothing raises. Fields are written in ordinal order of
/// their names: the same value gives the same text in every VM, whatever its hash seed.
/// </summary>
internal sealed unsafe class LuaToJson : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonBounds.Depth + 2,
    };

    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = JsonBounds.Depth + 2 };

    private readonly nint _state;
    private readonly nint _arrayType;
    private readonly long _longest;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Utf8JsonWriter _writer;
    private readonly JsonPath _path = new();
    private readonly FieldNames _names = new();
    private int _values;

    private LuaToJson(nint state, ArrayTypeRef arrayType, long longest)
    {
        _state = state;
        _arrayType = arrayType.Address;
        _longest = longest;
        _writer = new Utf8JsonWriter(_output, Options);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>The value at the index as JSON. Null for nil.</summary>
    /// <param name="longest">Bytes of JSON beyond which the value is refused.</param>
    /// <exception cref="LuaJsonException">The value has a part that JSON cannot hold; the stack is as before, but for what is left above.</exception>
    internal static JsonElement? Read(nint state, ArrayTypeRef arrayType, int index, long longest)
    {
        if (LuaFast.TypeAt(state, index) is LuaType.Nil or LuaType.None)
            return null;
        using var conversion = new LuaToJson(state, arrayType, longest);
        conversion.Reserve();
        conversion.WriteValue(LuaFast.AbsoluteIndex(state, index));
        return conversion.Finish();
    }

    /// <summary>The values from the first index to the top as one JSON array; nil is null.</summary>
    /// <exception cref="LuaJsonException">As for <see cref="Read"/>.</exception>
    internal static JsonElement ReadArray(nint state, ArrayTypeRef arrayType, int first, long longest)
    {
        using var conversion = new LuaToJson(state, arrayType, longest);
        conversion.Reserve();
        conversion._writer.WriteStartArray();
        var start = LuaFast.AbsoluteIndex(state, first);
        var last = LuaFast.GetTop(state);
        for (var index = start; index <= last; index++)
        {
            conversion._path.Enter(0, index - start + 1);
            conversion.WriteValue(index);
            conversion._path.Leave();
        }

        conversion._writer.WriteEndArray();
        return conversion.Finish();
    }

    private void Reserve()
    {
        if (LuaNative.CheckStack(_state, JsonBounds.Depth * 3 + 16) == 0)
            throw new LuaJsonException("no room on the Lua stack");
    }

    private JsonElement Finish()
    {
        _writer.Flush();
        return JsonElement.Parse(_output.WrittenSpan, Parsing);
    }

    private void WriteValue(int index)
    {
        if (++_values > JsonBounds.Values)
            throw _path.Fault($"more than {JsonBounds.Values} values");
        switch (LuaFast.TypeAt(_state, index))
        {
            case LuaType.Nil:
                _writer.WriteNullValue();
                break;
            case LuaType.Boolean:
                _writer.WriteBooleanValue(LuaFast.ToBoolean(_state, index) != 0);
                break;
            case LuaType.Number:
                WriteNumber(index);
                break;
            case LuaType.String:
                _writer.WriteStringValue(Text(index));
                break;
            case LuaType.Table:
                WriteTable(index);
                break;
            case LuaType.LightUserData when LuaFast.ToUserData(_state, index) == 0:
                _writer.WriteNullValue();
                break;
            case var other:
                throw _path.Fault($"a {(other == LuaType.LightUserData ? "userdata" : other.ToString().ToLowerInvariant())} cannot be JSON");
        }
    }

    private void WriteNumber(int index)
    {
        if (LuaFast.IsInteger(_state, index) != 0)
        {
            _writer.WriteNumberValue(LuaFast.ToInteger(_state, index, null));
            return;
        }

        var number = LuaFast.ToNumber(_state, index, null);
        if (!double.IsFinite(number))
            throw _path.Fault(double.IsNaN(number) ? "NaN cannot be JSON" : "an infinite number cannot be JSON");
        _writer.WriteNumberValue(number);
    }

    private ReadOnlySpan<byte> Text(int index)
    {
        var text = LuaFast.StringAt(_state, index);
        if (!Utf8.IsValid(text))
            throw _path.Fault("the string is not valid UTF-8");
        if (_output.WrittenCount + _writer.BytesPending + text.Length > _longest)
            throw _path.Fault($"more than {_longest} bytes of JSON");
        return text;
    }

    private void WriteTable(int index)
    {
        _path.EnterTable(LuaFast.ToPointer(_state, index));
        if (HasArrayType(index))
        {
            WriteArray(index);
        }
        else
        {
            LuaFast.PushNil(_state);
            if (LuaFast.Next(_state, index) == 0)
            {
                _writer.WriteStartObject();
                _writer.WriteEndObject();
            }
            else
            {
                var isArray = LuaFast.TypeAt(_state, -2) == LuaType.Number;
                LuaNative.Pop(_state, 2);
                if (isArray)
                    WriteArray(index);
                else
                    WriteObject(index);
            }
        }

        _path.LeaveTable();
    }

    private bool HasArrayType(int index)
    {
        if (LuaFast.GetMetatable(_state, index) == 0)
            return false;
        var marked = LuaFast.ToPointer(_state, -1) == _arrayType;
        LuaNative.Pop(_state, 1);
        return marked;
    }

    private void WriteArray(int index)
    {
        var last = LastItem(index);
        _writer.WriteStartArray();
        for (var item = 1L; item <= last; item++)
        {
            LuaFast.RawGetItem(_state, index, item);
            _path.Enter(0, item);
            WriteValue(LuaFast.GetTop(_state));
            _path.Leave();
            LuaNative.Pop(_state, 1);
        }

        _writer.WriteEndArray();
    }

    /// <summary>The greatest index, after a look at every key: only 1..n, with bounded gaps.</summary>
    private long LastItem(int index)
    {
        long last = 0, count = 0;
        LuaFast.PushNil(_state);
        while (LuaFast.Next(_state, index) != 0)
        {
            if (LuaFast.TypeAt(_state, -2) == LuaType.String)
                throw _path.Fault("a table with both items and fields cannot be JSON");
            if (LuaFast.IsInteger(_state, -2) == 0)
                throw _path.Fault("a table with a key that is neither a whole number nor a string cannot be JSON");
            var item = LuaFast.ToInteger(_state, -2, null);
            if (item < 1)
                throw _path.Fault($"a table with the item {item} cannot be JSON");
            last = Math.Max(last, item);
            count++;
            LuaNative.Pop(_state, 1);
        }

        if (last > count * 2 + JsonBounds.GapAllowance)
            throw _path.Fault($"an array of {count} items with one at {last} has too many gaps");
        return last;
    }

    private void WriteObject(int index)
    {
        var first = _names.Begin();
        LuaFast.PushNil(_state);
        while (LuaFast.Next(_state, index) != 0)
        {
            if (LuaFast.TypeAt(_state, -2) != LuaType.String)
            {
                throw _path.Fault(LuaFast.TypeAt(_state, -2) == LuaType.Number
                    ? "a table with both items and fields cannot be JSON"
                    : "a table with a key that is neither a whole number nor a string cannot be JSON");
            }

            _names.Add(LuaFast.StringAt(_state, -2));
            if (_values + _names.Count > JsonBounds.Values)
                throw _path.Fault($"more than {JsonBounds.Values} values");
            LuaNative.Pop(_state, 1);
        }

        _names.Sort(first);
        _writer.WriteStartObject();
        for (var name = first; name < _names.Count; name++)
            WriteField(index, _names[name]);
        _writer.WriteEndObject();
        _names.End(first);
    }

    private void WriteField(int index, FieldName name)
    {
        LuaNative.PushString(_state, name.Bytes);
        _writer.WritePropertyName(Text(-1));
        LuaFast.RawGet(_state, index);
        _path.Enter(name.Start, name.Length);
        WriteValue(LuaFast.GetTop(_state));
        _path.Leave();
        LuaNative.Pop(_state, 1);
    }
}
