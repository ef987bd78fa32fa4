using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Json;

/// <summary>Where a VM keeps the metatable that marks arrays: its slot in the registry, and its address for quick comparison.</summary>
internal readonly record struct ArrayTypeRef(nint Address)
{
    /// <summary>Registry slot. 1 and 2 are Lua's own, 3 is luaL_ref's free list.</summary>
    internal const int Slot = 4;

    internal static void Push(nint state) => LuaFast.RawGetItem(state, LuaNative.RegistryIndex, Slot);
}
