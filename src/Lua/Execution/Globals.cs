using System.Text;
using Bulkhead.Lua.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>Sets global variables raw: a metatable that a former script put on _G is not asked.</summary>
internal static unsafe class Globals
{
    /// <exception cref="LuaJsonException">A value does not fit; the message begins with the global's name.</exception>
    internal static void Set(LuaState state, IReadOnlyList<LuaGlobal> globals)
    {
        var main = state.Main;
        var top = LuaFast.GetTop(main);
        LuaFast.RawGetItem(main, LuaNative.RegistryIndex, LuaNative.GlobalsIndex);
        foreach (var global in globals)
        {
            PushText(main, global.Name);
            try
            {
                PushValue(state, global);
            }
            catch (LuaJsonException fault)
            {
                LuaNative.SetTop(main, top);
                throw new LuaJsonException($"{global.Name}: {fault.Message}");
            }

            LuaNative.RawSet(main, top + 1);
        }

        LuaNative.SetTop(main, top);
    }

    private static void PushValue(LuaState state, LuaGlobal global)
    {
        var main = state.Main;
        if (global.Fields == null)
        {
            JsonToLua.Push(main, state.Block, global.Value);
            return;
        }

        LuaNative.CreateTable(main, 0, global.Fields.Count);
        foreach (var (name, value) in global.Fields)
        {
            PushText(main, name);
            JsonToLua.Push(main, state.Block, value);
            LuaNative.RawSet(main, -3);
        }
    }

    private static void PushText(nint main, string text)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, buffer, out var length))
            LuaNative.PushString(main, buffer[..length]);
        else
            LuaNative.PushString(main, Encoding.UTF8.GetBytes(text));
    }
}
