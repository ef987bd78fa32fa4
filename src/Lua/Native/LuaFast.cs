using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>
/// The functions of the C API that neither allocate, nor raise, nor call back: the only ones that may skip the GC transition.
/// Never call them inside an UnmanagedCallersOnly method itself (see <see cref="Allocator"/>).
/// </summary>
internal static unsafe partial class LuaFast
{
    [LibraryImport(LuaNative.Library, EntryPoint = "lua_gettop"), SuppressGCTransition]
    internal static partial int GetTop(nint state);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_absindex"), SuppressGCTransition]
    internal static partial int AbsoluteIndex(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_type"), SuppressGCTransition]
    internal static partial LuaType TypeAt(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_isinteger"), SuppressGCTransition]
    internal static partial int IsInteger(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_toboolean"), SuppressGCTransition]
    internal static partial int ToBoolean(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_tointegerx"), SuppressGCTransition]
    internal static partial long ToInteger(nint state, int index, int* isNumber);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_tonumberx"), SuppressGCTransition]
    internal static partial double ToNumber(nint state, int index, int* isNumber);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_touserdata"), SuppressGCTransition]
    internal static partial nint ToUserData(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_topointer"), SuppressGCTransition]
    internal static partial nint ToPointer(nint state, int index);

    /// <summary>Only for values of type string: on a number the function converts in place and allocates.</summary>
    [LibraryImport(LuaNative.Library, EntryPoint = "lua_tolstring"), SuppressGCTransition]
    private static partial byte* StringAt(nint state, int index, nuint* length);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_rawget"), SuppressGCTransition]
    internal static partial LuaType RawGet(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_rawgeti"), SuppressGCTransition]
    internal static partial LuaType RawGetItem(nint state, int index, long item);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_getmetatable"), SuppressGCTransition]
    internal static partial int GetMetatable(nint state, int index);

    /// <summary>Cannot raise here: the key always comes from the traversal itself.</summary>
    [LibraryImport(LuaNative.Library, EntryPoint = "lua_next"), SuppressGCTransition]
    internal static partial int Next(nint state, int index);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushnil"), SuppressGCTransition]
    internal static partial void PushNil(nint state);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushboolean"), SuppressGCTransition]
    internal static partial void PushBoolean(nint state, int value);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushinteger"), SuppressGCTransition]
    internal static partial void PushInteger(nint state, long value);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushnumber"), SuppressGCTransition]
    internal static partial void PushNumber(nint state, double value);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushlightuserdata"), SuppressGCTransition]
    internal static partial void PushPointer(nint state, nint value);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_pushvalue"), SuppressGCTransition]
    internal static partial void PushValue(nint state, int index);

    /// <summary>1 when there is a function at the level.</summary>
    [LibraryImport(LuaNative.Library, EntryPoint = "lua_getstack"), SuppressGCTransition]
    internal static partial int GetStack(nint state, int level, byte* record);

    [LibraryImport(LuaNative.Library, EntryPoint = "lua_gethookcount"), SuppressGCTransition]
    internal static partial int GetHookCount(nint state);

    /// <summary>The bytes of the string at the index; valid while the string is on the stack or in a reachable table.</summary>
    internal static ReadOnlySpan<byte> StringAt(nint state, int index)
    {
        nuint length;
        var start = StringAt(state, index, &length);
        return new ReadOnlySpan<byte>(start, checked((int)length));
    }
}
