using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>
/// Writes Lua values as JSON. Reads raw, so that no metamethod runs and nothing raises. Fields are written in ordinal order of
/// their names: the same value gives the same text in every VM, whatever its hash seed. One per VM, used again and again.
/// </summary>
internal sealed unsafe partial class LuaToJson : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonBounds.Depth + 2,
    };

    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = JsonBounds.Depth + 2 };

    private static readonly JsonElement Nothing = JsonElement.Parse("[]");

    /// <summary>The output buffer kept from one conversion to the next.</summary>
    private const int MostKept = 64 * 1024;

    private readonly nint _arrayType;
    private readonly long _longest;
    private readonly JsonPath _path = new();
    private readonly FieldNames _names = new();
    private ArrayBufferWriter<byte> _output = new();
    private Utf8JsonWriter _writer;
    private nint _state;
    private int _values;

    /// <param name="arrayType">The metatable that marks arrays.</param>
    /// <param name="longest">Bytes of JSON beyond which a value is refused.</param>
    internal LuaToJson(ArrayTypeRef arrayType, long longest)
    {
        _arrayType = arrayType.Address;
        _longest = longest;
        _writer = new Utf8JsonWriter(_output, Options);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>The value at the index as JSON. Null for nil.</summary>
    /// <exception cref="LuaJsonException">The value has a part that JSON cannot hold; the stack is as before, but for what is left above.</exception>
    internal JsonElement? Read(nint state, int index)
    {
        if (LuaFast.TypeAt(state, index) is LuaType.Nil or LuaType.None)
            return null;
        Write(state, index);
        return JsonElement.Parse(_output.WrittenSpan, Parsing);
    }

    /// <summary>The value at the index as UTF-8; valid until the next conversion.</summary>
    /// <exception cref="LuaJsonException">As for <see cref="Read"/>.</exception>
    internal ReadOnlyMemory<byte> Write(nint state, int index)
    {
        Begin(state);
        WriteValue(LuaFast.AbsoluteIndex(state, index));
        _writer.Flush();
        return _output.WrittenMemory;
    }

    /// <summary>The values from the first index to the top as one JSON array; nil is null.</summary>
    /// <exception cref="LuaJsonException">As for <see cref="Read"/>.</exception>
    internal JsonElement ReadArray(nint state, int first)
    {
        var start = LuaFast.AbsoluteIndex(state, first);
        var last = LuaFast.GetTop(state);
        if (start > last)
            return Nothing;
        Begin(state);
        _writer.WriteStartArray();
        for (var index = start; index <= last; index++)
        {
            _path.Enter(0, index - start + 1);
            WriteValue(index);
            _path.Leave();
        }

        _writer.WriteEndArray();
        _writer.Flush();
        return JsonElement.Parse(_output.WrittenSpan, Parsing);
    }

    private void Begin(nint state)
    {
        if (LuaNative.CheckStack(state, JsonBounds.Depth * 3 + 16) == 0)
            throw new LuaJsonException("no room on the Lua stack");
        _state = state;
        _values = 0;
        _path.Clear();
        _names.End(0);
        if (_output.Capacity > MostKept)
            _output = new ArrayBufferWriter<byte>();
        _output.ResetWrittenCount();
        _writer.Reset(_output);
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
                _writer.WriteStringValue(Checked(LuaFast.StringAt(_state, index)));
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

    private ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            throw _path.Fault("the string is not valid UTF-8");
        if (_output.WrittenCount + _writer.BytesPending + text.Length > _longest)
            throw _path.Fault($"more than {_longest} bytes of JSON");
        return text;
    }
}
