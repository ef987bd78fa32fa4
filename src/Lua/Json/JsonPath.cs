using System.Text;

namespace Bulkhead.Lua.Json;

/// <summary>Where the conversion is, for error messages; the tables on the way show a cycle.</summary>
internal sealed unsafe class JsonPath
{
    private readonly (nint Name, long Length)[] _steps = new (nint, long)[JsonBounds.Depth + 2];
    private readonly nint[] _tables = new nint[JsonBounds.Depth];
    private int _stepCount;
    private int _tableCount;

    /// <summary>Into the field whose name is at the address, or into the item (address 0).</summary>
    internal void Enter(nint name, long lengthOrItem) => _steps[_stepCount++] = (name, lengthOrItem);

    internal void Leave() => _stepCount--;

    internal void Clear() => (_stepCount, _tableCount) = (0, 0);

    internal void EnterTable(nint table)
    {
        if (_tableCount == JsonBounds.Depth)
        {
            throw Fault(_tables.AsSpan(0, _tableCount).Contains(table)
                ? "a table that contains itself cannot be JSON"
                : $"tables nested deeper than {JsonBounds.Depth} cannot be JSON");
        }

        _tables[_tableCount++] = table;
    }

    internal void LeaveTable() => _tableCount--;

    internal LuaJsonException Fault(string message)
    {
        var path = new StringBuilder();
        for (var i = 0; i < Math.Min(_stepCount, 12); i++)
        {
            var (name, length) = _steps[i];
            if (name == 0)
                path.Append('[').Append(length).Append(']');
            else
                path.Append(path.Length == 0 ? "" : ".").Append(Encoding.UTF8.GetString((byte*)name, (int)Math.Min(length, 64)));
        }

        if (_stepCount > 12)
            path.Append("...");
        return new LuaJsonException(path.Length == 0 ? message : $"{path}: {message}");
    }
}
