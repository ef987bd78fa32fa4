using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]

namespace Bulkhead.Lua.Native;

/// <summary>
/// The functions of the Lua 5.4 C API that Bulkhead uses, from the library that the KeraLua package brings.
/// Each of them here may allocate: call them only while the VM's limit is off, or on a function that is itself protected
/// (<c>lua_load</c>, <c>lua_pcallk</c>, <c>lua_resume</c>). Source: Lua 5.4 Reference Manual, section 4.6.
/// </summary>
internal static unsafe partial class LuaNative
{
    internal const string Library = "lua54";
    internal const int RegistryIndex = -1_000_000 - 1000;
    internal const int GlobalsIndex = 2;
    internal const int MultipleResults = -1;
    internal const int MaskCount = 1 << 3;

    [LibraryImport(Library, EntryPoint = "lua_newstate")]
    internal static partial nint NewState(delegate* unmanaged<nint, nint, nuint, nuint, nint> allocator, nint userData);

    [LibraryImport(Library, EntryPoint = "luaL_newstate")]
    internal static partial nint NewPlainState();

    [LibraryImport(Library, EntryPoint = "lua_close")]
    internal static partial void Close(nint state);

    /// <summary>Only for what takes no further arguments of this variadic function.</summary>
    [LibraryImport(Library, EntryPoint = "lua_gc")]
    private static partial int Collect(nint state, int what);

    [LibraryImport(Library, EntryPoint = "lua_newthread")]
    internal static partial nint NewThread(nint state);

    [LibraryImport(Library, EntryPoint = "lua_resume")]
    internal static partial int Resume(nint state, nint from, int arguments, int* results);

    [LibraryImport(Library, EntryPoint = "lua_pcallk")]
    internal static partial int ProtectedCall(nint state, int arguments, int results, int handler, nint context, nint continuation);

    [LibraryImport(Library, EntryPoint = "luaL_loadbufferx")]
    internal static partial int Load(nint state, byte* source, nuint length, byte* name, byte* mode);

    [LibraryImport(Library, EntryPoint = "lua_dump")]
    internal static partial int Dump(nint state, delegate* unmanaged<nint, nint, nuint, nint, int> writer, nint userData, int strip);

    [LibraryImport(Library, EntryPoint = "lua_sethook")]
    internal static partial void SetHook(nint state, nint hook, int mask, int count);

    [LibraryImport(Library, EntryPoint = "luaL_requiref")]
    internal static partial void Require(nint state, byte* name, nint open, int global);

    [LibraryImport(Library, EntryPoint = "lua_checkstack")]
    internal static partial int CheckStack(nint state, int slots);

    [LibraryImport(Library, EntryPoint = "lua_settop")]
    internal static partial void SetTop(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_createtable")]
    internal static partial void CreateTable(nint state, int arrayItems, int fields);

    [LibraryImport(Library, EntryPoint = "lua_rawset")]
    internal static partial void RawSet(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rawseti")]
    internal static partial void RawSetItem(nint state, int index, long item);

    [LibraryImport(Library, EntryPoint = "lua_setmetatable")]
    internal static partial int SetMetatable(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_pushlstring")]
    internal static partial nint PushString(nint state, byte* text, nuint length);

    [LibraryImport(Library, EntryPoint = "lua_pushcclosure")]
    internal static partial void PushClosure(nint state, nint function, int upvalues);

    internal static void StopCollector(nint state) => _ = Collect(state, 0);

    internal static void RestartCollector(nint state) => _ = Collect(state, 1);

    internal static void CollectAll(nint state) => _ = Collect(state, 2);

    internal static void Pop(nint state, int count) => SetTop(state, -count - 1);

    internal static void PushString(nint state, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
            PushString(state, start, (nuint)text.Length);
    }
}
