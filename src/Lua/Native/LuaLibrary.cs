using System.Runtime.InteropServices;

namespace Bulkhead.Lua.Native;

/// <summary>The loaded native library, for the addresses of functions that Lua itself calls.</summary>
internal static class LuaLibrary
{
    internal static readonly nint Handle = NativeLibrary.Load(
        LuaNative.Library, typeof(LuaLibrary).Assembly, DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory);

    internal static readonly nint OpenBase = NativeLibrary.GetExport(Handle, "luaopen_base");
    internal static readonly nint OpenCoroutine = NativeLibrary.GetExport(Handle, "luaopen_coroutine");
    internal static readonly nint OpenTable = NativeLibrary.GetExport(Handle, "luaopen_table");
    internal static readonly nint OpenString = NativeLibrary.GetExport(Handle, "luaopen_string");
    internal static readonly nint OpenMath = NativeLibrary.GetExport(Handle, "luaopen_math");
    internal static readonly nint OpenUtf8 = NativeLibrary.GetExport(Handle, "luaopen_utf8");
}
