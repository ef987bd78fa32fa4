namespace Bulkhead.Lua.Native;

/// <summary>The status codes that <c>lua_resume</c>, <c>lua_load</c> and <c>lua_pcallk</c> return.</summary>
internal static class LuaCode
{
    internal const int Ok = 0;
    internal const int Yield = 1;
    internal const int MemoryError = 4;
}
