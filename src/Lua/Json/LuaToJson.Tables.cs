using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>Tables: which of them are arrays, and their items and fields.</summary>
internal sealed unsafe partial class LuaToJson
{
    private const int FieldsOnStack = 64;

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
        var first = _names.Count;
        var top = LuaFast.GetTop(_state);
        CollectFields(index, first);
        _names.Sort(first);
        _writer.WriteStartObject();
        for (var field = first; field < _names.Count; field++)
            WriteField(index, _names[field]);
        _writer.WriteEndObject();
        _names.End(first);
        LuaNative.SetTop(_state, top);
    }

    /// <summary>Notes the names; the values of the first fields stay on the stack, so that they need not be looked up.</summary>
    private void CollectFields(int index, int first)
    {
        if (LuaNative.CheckStack(_state, FieldsOnStack * 2 + 4) == 0)
            throw _path.Fault("no room on the Lua stack");
        LuaFast.PushNil(_state);
        while (LuaFast.Next(_state, index) != 0)
        {
            if (LuaFast.TypeAt(_state, -2) != LuaType.String)
            {
                throw _path.Fault(LuaFast.TypeAt(_state, -2) == LuaType.Number
                    ? "a table with both items and fields cannot be JSON"
                    : "a table with a key that is neither a whole number nor a string cannot be JSON");
            }

            var keep = _names.Count - first < FieldsOnStack;
            _names.Add(LuaFast.StringAt(_state, -2), keep ? LuaFast.GetTop(_state) : 0);
            if (_values + _names.Count > JsonBounds.Values)
                throw _path.Fault($"more than {JsonBounds.Values} values");
            if (keep)
                LuaFast.PushValue(_state, -2);
            else
                LuaNative.Pop(_state, 1);
        }
    }

    private void WriteField(int index, FieldName field)
    {
        _writer.WritePropertyName(Checked(field.Bytes));
        _path.Enter(field.Start, field.Length);
        if (field.Value != 0)
        {
            WriteValue(field.Value);
        }
        else
        {
            LuaNative.PushString(_state, field.Bytes);
            LuaFast.RawGet(_state, index);
            WriteValue(LuaFast.GetTop(_state));
            LuaNative.Pop(_state, 1);
        }

        _path.Leave();
    }
}
